"""How RTs differ in what they send: each style is a workbook as real RTs make it, declared by its habits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

from pipelines.sample.places import Rt
from schemas import datasets
from schemas.dataset import Column

T = TypeVar("T")


@dataclass(frozen=True)
class Style:
    """The habits of one kind of workbook.

    `place` says where RT and RW stand: in two columns, joined in one cell, in the title, or only in the path.
    `synonym` is which declared synonym stands as heading, the label where it is empty. `file` names the
    workbook; with `{dataset}` in it every dataset has a workbook of its own.
    """

    file: str
    place: Literal["columns", "joined", "title", "path"] = "columns"
    codes: Literal["label", "short", "number"] = "label"
    dates: Literal["cell", "words", "slashes", "dashes"] = "cell"
    synonym: int | None = None
    leave_out: tuple[str, ...] = ()
    rotate: int = 0  # columns moved from the front to the end
    rts: int = 1  # RTs in one workbook
    titled: bool = False
    capitals: bool = False
    numbered: bool = False
    two_lines: bool = False
    total: bool = False
    signed: bool = False
    bare: bool = False  # RT 5 instead of RT 005
    gaps: bool = False  # an empty row between families
    extra: tuple[str, ...] = ()  # columns that nobody declared
    notes: bool = False  # a sheet with instructions
    scrap: bool = False  # a hidden sheet
    hidden_rows: bool = False
    font: str = "Calibri"


TEMPLATE = Style("RT {rt} RW {rw} - Data Warga.xlsx", notes=True)
TITLED = Style(
    "DATA WARGA RT.{rt} RW.{rw}.xlsx",
    place="title",
    codes="short",
    synonym=0,
    leave_out=(
        *("kewarganegaraan", "disabilitas", "hamil", "tinggal", "status_dasar", "status_rumah"),
        *("sumber_penerangan", "alasan_tidak_sekolah"),
    ),
    titled=True,
    capitals=True,
    numbered=True,
    total=True,
    scrap=True,
    font="Times New Roman",
)
TWO_LINES = Style(
    "Pendataan RT {rt} RW {rw}.xlsx",
    place="title",
    codes="number",
    dates="words",
    leave_out=("kewarganegaraan", "tinggal"),
    titled=True,
    numbered=True,
    two_lines=True,
    signed=True,
    hidden_rows=True,
    font="Arial",
)
FOLDERS = Style(
    "RW {rw}/RT {rt}/{dataset}.xlsx",
    place="path",
    dates="slashes",
    synonym=1,
    leave_out=("kewarganegaraan", "tinggal"),
    rotate=2,
    extra=("No HP", "Keterangan"),
)
CSV = Style("rt{rt}_rw{rw}_{dataset}.csv", dates="dashes", bare=True)
SHARED = Style(
    "Gabungan RT {rt} RW {rw}.xlsx",
    place="joined",
    codes="short",
    synonym=0,
    leave_out=("kewarganegaraan", "hamil"),
    rts=2,
    numbered=True,
    gaps=True,
    extra=("Keterangan",),
    scrap=True,
)
RECAP = Style(
    "Rekap {place}.xlsx",
    "joined",
    titled=True,
    numbered=True,
    total=True,
    signed=True,
    capitals=True,
    font="Arial",
)
# The order in which the RTs of a kelurahan take the styles.
HABITS = (TEMPLATE, TITLED, TWO_LINES, FOLDERS, CSV, SHARED, TEMPLATE, TITLED, TWO_LINES, TEMPLATE)

# Headings that stand over several columns in two-line headings.
GROUPS = {
    "Tempat dan Tanggal Lahir": ("tempat_lahir", "tanggal_lahir"),
    "Dokumen": ("akta_lahir", "ktp_el"),
    "Bahan Bangunan Terluas": ("jenis_lantai", "jenis_dinding", "jenis_atap"),
    "Air": ("sumber_air_minum", "sumber_air_mandi"),
    "Bantuan yang Diterima": ("pkh", "bpnt", "blt", "pbi_jk"),
    "Seminggu yang Lalu": ("bekerja", "sementara_tidak_bekerja"),
}


def habits(rts: Sequence[Rt]) -> Iterator[tuple[Style, list[Rt]]]:
    """Which RTs send which style, in order; a shared workbook takes two at once."""
    at = turn = 0
    while at < len(rts):
        style = HABITS[turn % len(HABITS)]
        yield style, list(rts[at : at + style.rts])
        at, turn = at + style.rts, turn + 1


@cache
def columns_of(dataset: str, style: Style) -> tuple[str, ...]:
    """The columns of a dataset that a style writes, in its order."""
    places = {"columns": {"dusun"}, "joined": {"dusun", "rw"}}.get(style.place, {"dusun", "rw", "rt"})
    if style is TEMPLATE:
        places = set()
    names = [name for name in datasets()[dataset].columns() if name not in places and name not in style.leave_out]
    if style.place == "joined":
        names.insert(0, names.pop(names.index("rt")))
    return tuple(names[style.rotate :] + names[: style.rotate])


def heading(column: Column, style: Style) -> str:
    """The heading of a column as this style writes it, taken from the column's declaration."""
    text = column.label
    if style.synonym is not None and column.synonyms:
        text = column.synonyms[min(style.synonym, len(column.synonyms) - 1)]
    return text.upper() if style.capitals else text


def joined_heading(column: Column) -> str:
    """The declared synonym of RT that names the RW too."""
    return next(synonym for synonym in column.synonyms if "/" in synonym)
