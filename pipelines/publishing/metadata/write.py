"""Writes `reports/<period>/metadata/`: MS-Keg, MS-Var and MS-Ind, each as a workbook and as JSON."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pipelines.periods import parse_period
from pipelines.publishing.marks import Mark, mark_of, stands
from pipelines.publishing.metadata.facts import facts_of
from pipelines.publishing.metadata.form import UNFILLED, Form, as_json
from pipelines.publishing.metadata.levels import levels_of
from pipelines.publishing.metadata.ms_ind import BUILT_OF, ms_ind
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
from pipelines.replacing import SCANNED, part_of, remove_file, replace_file, write_whole
from pipelines.settings import Office

FOLDER = "metadata"
NOTE = "rilis.txt"
FORMS = ("ms-keg", "ms-var", "ms-ind")
TRACED = "ms-ind.json"  # which names the variables behind each indicator
Writer = Callable[[Path], None]


def write_metadata(office: Office, period: str, release: str) -> list[Path]:
    """Write the forms of a release unless they are there already, whole or not at all. Returns the files."""
    folder = office.places.reports / period / FOLDER
    files = [folder / f"{form}.{kind}" for form in FORMS for kind in ("xlsx", "json")]
    note, stamp = folder / NOTE, [release, _definitions(office, period)]
    noted = note.read_text(encoding="utf-8").split() if note.exists() else []
    if noted[:2] == stamp and all(f.exists() for f in files):
        return files
    told = folder / TRACED
    marks = {told: Mark(*noted[1:])} if len(noted) == 1 + len(Mark._fields) else {}
    writers = _writers(office, period, _traced(told) if stands(told, stamp[1], marks) else {})
    folder.mkdir(parents=True, exist_ok=True)
    parts = list(map(part_of, files))
    for file, part in zip(files, parts, strict=True):
        writers[file.name](part)
    remove_file(note)
    for file, part in zip(files, parts, strict=True):
        replace_file(part, file, SCANNED)
    write_whole(note, (" ".join([release, *mark_of(told, stamp[1])]) + "\n").encode())
    return files


def _traced(told: Path) -> dict[str, str]:
    """The variables behind each indicator, from the form of before: to trace them takes half a second of a run."""
    return {record["kode_tabel"]: record[BUILT_OF] for record in json.loads(told.read_text("utf-8"))["rekaman"]}


def forms_of(office: Office, period: str, traced: Mapping[str, str] | None = None) -> tuple[Form, Form, Form]:
    """MS-Keg, MS-Var and MS-Ind of a published period. `traced` are the variables of indicators known already."""
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
    return ms_keg(about, said, facts), ms_var(about), ms_ind(about, publication, levels, line, traced or {})


def _writers(office: Office, period: str, traced: Mapping[str, str]) -> dict[str, Writer]:
    """What writes each file, by its name."""
    activity, variables, indicators = forms_of(office, period, traced)
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
    said = str(sorted(office.activity.items())) + str(office.poverty_line.get(parse_period(period)))
    return hashlib.sha256((made_by() + said).encode()).hexdigest()[:8]
