"""Writes `reports/<period>/metadata/`: MS-Keg, MS-Var and MS-Ind, each as a workbook and as JSON."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipelines.periods import parse_period
from pipelines.publishing.metadata.facts import facts_of
from pipelines.publishing.metadata.form import UNFILLED, Form, as_json
from pipelines.publishing.metadata.levels import levels_of
from pipelines.publishing.metadata.ms_ind import ms_ind
from pipelines.publishing.metadata.ms_keg import ms_keg
from pipelines.publishing.metadata.ms_var import ms_var
from pipelines.publishing.metadata.workbook import (
    collected_sheet,
    form_sheet,
    list_sheet,
    missing_sheet,
    pages_sheet,
    write_form,
)
from pipelines.publishing.stamps import made_by
from pipelines.publishing.workbook_reading import read_publication
from pipelines.publishing.workbook_titles import day, period_title
from pipelines.replacing import part_of
from pipelines.settings import Office

FOLDER = "metadata"
NOTE = "rilis.txt"
FORMS = ("ms-keg", "ms-var", "ms-ind")
Writer = Callable[[Path], None]


def write_metadata(office: Office, period: str, release: str) -> list[Path]:
    """Write the forms of a release unless they are there already, whole or not at all. Returns the files."""
    folder = office.places.reports / period / FOLDER
    files = [folder / f"{form}.{kind}" for form in FORMS for kind in ("xlsx", "json")]
    note, stamp = folder / NOTE, f"{release} {_definitions(office, period)}"
    if note.exists() and note.read_text(encoding="utf-8").strip() == stamp and all(f.exists() for f in files):
        return files
    writers = _writers(office, period)
    folder.mkdir(parents=True, exist_ok=True)
    parts = list(map(part_of, files))
    for file, part in zip(files, parts, strict=True):
        writers[file.name](part)
    note.unlink(missing_ok=True)
    for file, part in zip(files, parts, strict=True):
        part.replace(file)
    note.write_text(stamp + "\n", encoding="utf-8")
    return files


def forms_of(office: Office, period: str) -> tuple[Form, Form, Form]:
    """MS-Keg, MS-Var and MS-Ind of a published period."""
    publication = read_publication(office.places.published, period, by_rt=())
    levels = levels_of(office.places.published, period)
    facts, said = facts_of(publication, levels), office.activity
    about = {
        "judul": str(said.get("judul", facts["judul"])),
        "kode_kegiatan": str(said.get("kode_kegiatan", UNFILLED)),
        "penyelenggara": str(said.get("instansi", UNFILLED)),
        "periode": period_title(publication),
        "tanggal_acuan": day(publication.period.reference_date),
        "rilis": publication.release,
    }
    line = office.poverty_line.get(publication.period)
    return ms_keg(about, said, facts), ms_var(about), ms_ind(about, publication, levels, line)


def _writers(office: Office, period: str) -> dict[str, Writer]:
    """What writes each file, by its name."""
    activity, variables, indicators = forms_of(office, period)
    date = parse_period(period).reference_date
    missing = [*activity.missing, *variables.missing, *indicators.missing]
    sheets = {
        "ms-keg": (
            activity,
            [form_sheet(activity), collected_sheet(activity, variables), missing_sheet(activity, missing)],
        ),
        "ms-var": (variables, [form_sheet(variables), list_sheet(variables)]),
        "ms-ind": (indicators, [pages_sheet(indicators, "nama_indikator"), form_sheet(indicators, "Tabel")]),
    }
    writers: dict[str, Writer] = {}
    for name, (form, of_form) in sheets.items():
        writers[f"{name}.xlsx"] = partial(write_form, form, of_form, date)
        writers[f"{name}.json"] = partial(_write_json, form)
    return writers


def _write_json(form: Form, path: Path) -> None:
    path.write_text(as_json(form), encoding="utf-8", newline="\n")


def _definitions(office: Office, period: str) -> str:
    """A name for all that the forms say beside the release: declarations, the forms' code, the office's answers."""
    said = str(sorted(office.activity.items())) + str({str(p): v for p, v in office.poverty_line.items()}.get(period))
    return hashlib.sha256((made_by() + said).encode()).hexdigest()[:8]
