"""Writes `published.duckdb`: cells of both tiers, the catalogue and the areas; replaced whole, never edited.

A release is named after its content, so publishing unchanged inputs again makes no new one. What was published stays in
the folder of releases, and the revision log says what followed on what.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import duckdb
import pandas as pd

from pipelines import disclosure
from pipelines.disclosure.policy import policy
from pipelines.disclosure.withheld import withheld
from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.indicators.dimensions import dimensions
from pipelines.indicators.parts import declared as parts_declared
from pipelines.opening import connect_read_only, is_sound
from pipelines.publishing.breakdowns import add_breakdowns
from pipelines.publishing.codebook.write import write_codebook
from pipelines.publishing.contradictions import refuse_contradictions
from pipelines.publishing.kept import is_kept, keep
from pipelines.publishing.lke.write import write_lke
from pipelines.publishing.metadata.store import add_variables, meanings
from pipelines.publishing.metadata.write import write_metadata
from pipelines.publishing.reports import put_away, write_history, write_reports
from pipelines.publishing.revisions import (
    Release,
    Revision,
    add_revisions,
    following,
    published_before,
    read_log,
    write_log,
)
from pipelines.publishing.stamps import digest_of_texts
from pipelines.publishing.tiers import COLUMNS, public_cells
from pipelines.replacing import READ, part_of, remove_file, replace_file
from pipelines.screen import say
from pipelines.settings import Office
from pipelines.sqltext import literal
from pipelines.warehouse.ledger import read_ledger

# Of an indicator's fields those that tell how it is computed; what it is split by stands in the cells.
NOT_PUBLISHED = ("recap", "needs", "linked", "linked_by_sex", "tells", "follows", "by", "composite", "lowest")
DISCLOSURE = Path(disclosure.__file__).parent
NO_LONGER = "Untuk {} tidak ada lagi baris yang dihitung: tabelnya tidak terbit lagi, yang lama dipindahkan ke {}."


def publish(office: Office, now: dt.datetime | None = None) -> dict[str, str]:
    """Publish every measured period and hand it out; returns period -> release. Leaves what is unchanged alone.

    `now` is the time that the revision log gives a new release.
    """
    published, log = publish_cells(office, now or dt.datetime.now())
    _write_handouts(office, published, log)
    return {r.period: r.release for r in published}


def write_handouts(office: Office) -> None:
    """Write again what is handed out of the releases as they are published; publishes nothing new."""
    _write_handouts(office, published_releases(office.places.published), read_log(office.places.releases))


def _write_handouts(office: Office, releases: Sequence[Release], log: Sequence[Revision]) -> None:
    gone = {r.period for r in log} - {r.period for r in releases}
    for period in sorted(gone & _came_in(office)) if gone else ():
        if folder := put_away(office, period):
            say(NO_LONGER.format(period, folder))
    for r in releases:
        write_reports(office, r.period, r.release)
        write_history(office, r.period, log)
        write_metadata(office, r.period, r.release)
        write_codebook(office, r.period)
        _compare_media(office, r)


def _compare_media(office: Office, release: Release) -> None:
    """Say in a sentence where the finished files do not say the same; the release itself stands."""
    try:
        told = write_lke(office, release.period, release.release)
    except OfficerError as error:
        told = str(error)
    if told:
        say(told)


def publish_cells(office: Office, now: dt.datetime) -> tuple[list[Release], list[Revision]]:
    """Make the store of every measured period and keep its releases; returns these and the log.

    A period of which nothing is counted any more leaves the store, and the last one the store itself: figures of rows
    that were withdrawn must not go on being read as current. Their releases stay kept. Where the ledger knows nothing
    of a period, it is the ledger that is lost: the store stays.
    """
    places = office.places
    if not places.warehouse.exists():
        return [], []
    published = published_releases(places.published)
    log = _made_good(office, published, now)
    with connect_read_only(places.warehouse) as warehouse:
        measured = _measured(warehouse, office, published, log)
        changed = bool(measured) and {r.period: r.inputs for r in published} != {m.period: m.inputs for m in measured}
        hidden = None
        if changed:
            refuse_contradictions(warehouse)
            earlier = {m.period: [f for f in m.earlier if is_kept(places.releases, f.stem)] for m in measured}
            hidden = withheld(warehouse, list(earlier), earlier, office.only_complete)
    if hidden is not None:
        published = _named(measured, hidden)
        log = _write(office, published, hidden, log, now)
    if not measured:
        if published and {r.period for r in published} <= _came_in(office):
            remove_file(places.published, READ)
        return [], log
    return published, log


def _came_in(office: Office) -> set[str]:
    """The periods for which workbooks came, whatever became of them."""
    return {receipt.period for receipt in read_ledger(office.places)}


def published_releases(path: Path) -> list[Release]:
    """The releases of an existing store; none where there is no store or it is damaged, so that it is written anew."""
    if not path.exists() or not is_sound(path):
        return []
    try:
        with connect_read_only(path) as store:
            return [Release(*row) for row in store.execute("FROM releases ORDER BY period").fetchall()]
    except duckdb.Error:
        return []  # of an earlier version


def _made_good(office: Office, published: list[Release], now: dt.datetime) -> list[Revision]:
    """The log, after what an interruption left undone: the store's releases are kept and entered."""
    folder = office.places.releases
    log = read_log(folder)
    if not published:
        return log
    with connect_read_only(office.places.published) as store:
        keep(store, folder)
    whole = following(log, folder, published, now)
    if len(whole) > len(log):
        write_log(folder, whole)
    return whole


@dataclass(frozen=True)
class _Measured:
    """A period as it was measured: hashes of its definitions and of all that decides its cells of both tiers."""

    period: str
    definitions: str
    inputs: str
    content: str
    earlier: tuple[Path, ...]  # the releases that must not give anything away together with it


def _measured(
    warehouse: duckdb.DuckDBPyConnection, office: Office, published: list[Release], log: list[Revision]
) -> list[_Measured]:
    """The measured periods. What is withheld follows from the releases before: so do the inputs, itself left out."""
    declared = (*catalogue().values(), *parts_declared().values(), *dimensions().values(), policy())
    says = "".join(map(str, declared)) + meanings() + public_cells("cells", "withheld")
    definitions = digest_of_texts(says)
    columns = [row[0] for row in warehouse.execute("DESCRIBE cells").fetchall()]
    said = ", ".join(f"coalesce({column}::VARCHAR, '')" for column in columns)
    contents = warehouse.execute(
        f"SELECT period, string_agg(concat_ws('|', {said}), chr(10) ORDER BY sort) FROM cells GROUP BY period "
        "ORDER BY period"
    )
    stored = {(r.period, r.inputs) for r in published} | {(r.period, r.inputs) for r in log}  # it outlives the store
    rules = (path.read_text("utf-8") for path in sorted(DISCLOSURE.glob("*.py")))
    inputs = digest_of_texts(definitions, office.name, office.public, *rules)
    found = []
    for period, content in contents.fetchall():
        so_far = inputs  # what is withheld depends on the periods before, too
        cells = digest_of_texts(definitions, office.name, content)
        for last in (1, 0):
            earlier = published_before(log, office.places.releases, period, last)
            inputs = digest_of_texts(so_far, cells, *(path.stem for path in earlier))
            if (period, inputs) in stored:
                break
        found.append(_Measured(period, definitions, inputs, cells, earlier))
    return found


def _named(measured: list[_Measured], hidden: pd.DataFrame) -> list[Release]:
    """The releases, each named after its definitions, its cells and what the public sees of them."""
    said = hidden.drop(columns="waits").groupby("period")
    seen = {period: rows.to_csv(index=False, lineterminator="\n") for period, rows in said}
    return [
        Release(
            m.period, f"{m.period}-{digest_of_texts(m.content, seen.get(m.period, ''))[:8]}", m.definitions, m.inputs
        )
        for m in measured
    ]


def _write(
    office: Office, releases: list[Release], hidden: pd.DataFrame, log: list[Revision], now: dt.datetime
) -> list[Revision]:
    """Keep the releases, then replace the store, then enter them in the log, which is returned."""
    path = office.places.published
    part = part_of(path)
    part.unlink(missing_ok=True)
    with duckdb.connect(str(part), config={"threads": "1"}) as store:
        store.execute(f"ATTACH {literal(str(office.places.warehouse))} AS warehouse (READ_ONLY)")
        store.execute("CREATE TABLE releases (period VARCHAR, release VARCHAR, definitions VARCHAR, inputs VARCHAR)")
        store.executemany("INSERT INTO releases VALUES (?, ?, ?, ?)", [astuple(release) for release in releases])
        store.execute(
            f"CREATE TABLE cells AS SELECT {', '.join(COLUMNS)} FROM warehouse.cells JOIN releases USING (period) "
            "ORDER BY period, sort"
        )
        store.register("withheld", hidden)
        store.execute(f"CREATE TABLE cells_public AS {public_cells('cells', 'withheld')}")
        store.execute("CREATE TABLE waiting AS SELECT period, count(*) AS figures FROM withheld WHERE waits GROUP BY 1")
        names = [f.name for f in fields(Indicator) if f.name not in NOT_PUBLISHED]
        texts = pd.DataFrame([[getattr(i, n) for n in names] for i in catalogue().values()], columns=names)
        store.register("entries", texts)
        store.execute('CREATE TABLE indicators AS SELECT * FROM entries ORDER BY "order"')
        add_variables(store)
        add_breakdowns(store)
        store.execute(
            "CREATE TABLE coverage AS SELECT period, level, area, indicator, breakdown, known, unknown "
            "FROM warehouse.cells WHERE known IS NOT NULL ORDER BY period, sort"
        )
        store.execute(
            "CREATE TABLE areas AS SELECT DISTINCT ON (level, area) level, area, area_name FROM cells "
            "ORDER BY level, area"
        )
        store.execute("CREATE TABLE office (kelurahan VARCHAR, name VARCHAR)")
        store.execute("INSERT INTO office VALUES (?, ?)", [office.kelurahan, office.name])
        store.execute("DETACH warehouse")
        keep(store, office.places.releases)
        whole = following(log, office.places.releases, releases, now)
        add_revisions(store, whole)
        store.execute("CHECKPOINT")
    replace_file(part, path)
    if len(whole) > len(log):
        write_log(office.places.releases, whole)
    return whole
