"""A changed figure: what does not show it is left alone, and nothing tells how the files came about."""

import datetime as dt
import shutil
from pathlib import Path

from pipelines.publishing.book.declared import tables
from pipelines.publishing.release import publish, write_handouts
from pipelines.settings import Office, Places, load_office
from pipelines.warehouse.store import connect
from tests.book.office import PERIOD, Released

FIGURE = "jumlah_kelahiran"


def one_birth_more(office: Office) -> None:
    """In one RT of the first kelurahan, and in all that holds it."""
    with connect(office.places.warehouse) as warehouse:
        (rt,) = warehouse.execute("SELECT min(area) FROM cells WHERE level = 'rt'").fetchone() or ()
        warehouse.execute(
            "UPDATE cells SET numerator = numerator + 1, value = value + 1, households = households + 1 "
            "WHERE indicator = $1 AND breakdown = 'total' AND starts_with($2, area)",
            [FIGURE, rt],
        )


def files_in(folder: Path) -> dict[str, tuple[int, bytes]]:
    """When each file was written, and what it holds."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_only_what_shows_a_changed_figure_is_made_anew_and_as_if_from_nothing(
    several: Released, tmp_path: Path
) -> None:
    shutil.copytree(several.places.home, tmp_path / "kantor")
    office = load_office(Places(tmp_path / "kantor"))
    folder = office.places.reports / PERIOD
    data = folder / "data"
    told = {file.name for table in tables() if FIGURE in table.codes for file in data.glob(f"{table.key}.*")}
    spoiled, lost = data / "penduduk_menurut_umur.csv", data / "penduduk_menurut_umur.parquet"
    assert told and not told & {spoiled.name, lost.name}
    for file, was, now in ((spoiled, b"1", b"2"), (folder / "metadata" / "ms-ind.json", b"Penduduk: ", b"Siapa: ")):
        assert was in file.read_bytes()
        file.write_bytes(file.read_bytes().replace(was, now))
    lost.unlink()
    before = files_in(folder)
    release = several.cells[PERIOD, "63.06.05.1002", "jumlah_penduduk", "total"]["release"]

    one_birth_more(office)
    assert publish(office, dt.datetime(2026, 1, 1))[PERIOD] != release
    after = files_in(folder)
    anew = {name for name, found in after.items() if before.get(name) != found}
    open_data = {name.removeprefix("data/") for name in anew if name.startswith("data/")}
    assert told | {spoiled.name, lost.name} <= open_data
    assert "sdmx/structure.json" not in anew and "sdmx/data.csv" in anew
    left = {file.name for file in data.glob("*.parquet")} - open_data
    assert len(left) > len(open_data)
    changed = {name for name in anew if before.get(name, (0, b""))[1] != after[name][1]}
    assert changed == anew, "written again with what they held before"

    shutil.rmtree(folder)
    write_handouts(office)
    assert {name: found[1] for name, found in files_in(folder).items()} == {n: found[1] for n, found in after.items()}
