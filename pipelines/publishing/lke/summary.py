"""`ringkasan-lke-<period>`: every item of the evaluation sheet, what proves it, the score that this supports."""

from collections.abc import Sequence

from pipelines.publishing.csvout import rows_text
from pipelines.publishing.lke.items import Item
from pipelines.publishing.lke.judging import Evidence, Judged, found
from pipelines.publishing.workbook_figures import Cell, text, whole
from pipelines.publishing.workbook_layout import SOURCE, Column, Row, Sheet
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_titles import subtitle, territory

COLUMNS = [
    Column("Butir", 7),
    Column("Isi", 36),
    Column("Bobot", 8, numeric=True),
    Column("Skor penuh", 8, numeric=True),
    Column("Skor didukung", 10, numeric=True),
    Column("Yang ditemukan", 44),
    Column("Berkas bukti", 42),
    Column("Disiapkan kantor", 48),
]
FIELDS = ("butir", "isi", "bobot", "skor_penuh", "skor_didukung", "yang_ditemukan", "berkas_bukti", "disiapkan_kantor")
OFFICE_ONLY = "kantor"
NOTES = (
    "Skor didukung: skor tertinggi yang dapat ditunjukkan oleh berkas rilis ini saja; penilaian tetap pada BPS dan "
    "kantor. kantor: buktinya disiapkan kantor, Cantik tidak dapat menilainya. Skor kuning belum penuh.",
    "Berkas bukti ada di folder reports periode ini; buku dan publikasi baru sah setelah ditandatangani lurah.",
    f"{SOURCE}.",
)
Line = tuple[Item, Judged]


def summary_sheet(publication: Publication, judged: Sequence[Line], evidence: Evidence) -> Sheet:
    """The summary as it is printed."""
    return Sheet(
        name="Ringkasan LKE",
        title="Ringkasan Bukti LKE Desa/Kelurahan Cantik, Blok III",
        territory=f"{territory(publication)}. {in_words(judged)}",
        subtitle=subtitle(publication, "skor dan bobot LKE 2026"),
        columns=COLUMNS,
        rows=[_row(item, told, evidence) for item, told in judged],
        notes=list(NOTES),
    )


def summary_csv(judged: Sequence[Line], evidence: Evidence) -> str:
    """The same for programs."""
    lines = [
        (i.number, i.title, i.weight, i.full, told.score, told.why, "; ".join(_files(i, evidence)), i.office)
        for i, told in judged
    ]
    return rows_text(FIELDS, lines)


def in_words(judged: Sequence[Line]) -> str:
    """How much of the sheet the release proves in full."""
    whole_score = [item for item, told in judged if told.score == item.full]
    weight, of = sum(item.weight for item in whole_score), sum(item.weight for item, _ in judged)
    numbers = ", ".join(item.number for item in whole_score) or "belum ada"
    bounds = f"bobot {weight:.2f} dari {of:.2f}".replace(".", ",")
    return f"Skor penuh didukung: {numbers} ({bounds})"


def _row(item: Item, told: Judged, evidence: Evidence) -> Row:
    score = Cell(OFFICE_ONLY, "flag") if told.score is None else whole(told.score)
    short = told.score is not None and told.score < item.full
    return Row(
        (
            text(item.number),
            text(item.title),
            Cell(item.weight, "number", 2),
            whole(item.full),
            Cell(str(told.score), "unfilled") if short else score,
            Cell(told.why, "indented"),
            text("; ".join(_files(item, evidence)) or "-"),
            text(item.office),
        )
    )


def _files(item: Item, evidence: Evidence) -> list[str]:
    return [path.relative_to(evidence.folder).as_posix() for path in found(item, evidence)]
