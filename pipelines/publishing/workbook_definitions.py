"""Sheet Definisi: what every indicator of the release counts, its formula in words, and how to read it."""

import re

from pipelines.capitals import capital
from pipelines.indicators.parts import DERIVED
from pipelines.indicators.words import words
from pipelines.publishing.workbook_figures import NOT_OFFICIAL, Cell, text
from pipelines.publishing.workbook_layout import Column, Row, Sheet
from pipelines.publishing.workbook_notes import MARKS
from pipelines.publishing.workbook_publication import Entry, Publication
from pipelines.publishing.workbook_titles import subject_title, territory

NAME = "Definisi"
COLUMNS = [
    Column("Kode", 31),
    Column("Nama indikator", 23),
    Column("Konsep", 15),
    Column("Definisi", 38),
    Column("Rumus", 32),
    Column("Satuan", 14),
    Column("Interpretasi", 27),
    Column("Rujukan", 20),
    Column("Dibanding angka resmi", 16),
]
RECOMPUTED = (
    "Angka setiap tingkat wilayah dihitung ulang dari jumlah pembilang dan penyebutnya; persentase RT tidak pernah "
    "dirata-ratakan."
)
METHODS = {  # formulas that no two numbers can carry
    "median": "Batas bawah kelas median + (N/2 - kumulatif sebelumnya) / frekuensi kelas itu, menurut {bin}; N = {all}",
    "gini": "2 × Σ(i × x) / (n × Σx) - (n + 1) / n; x = pengeluaran per kapita, i = urutannya dari yang terkecil, "
    "n = banyaknya anggota keluarga",
    "sum_of_ratios": "Jumlah, atas setiap {bin}, dari {top} / {all}",
}
COUNTED = {"orang": "penduduk", "keluarga": "keluarga", "rekap": "RT"}


def definitions(publication: Publication) -> Sheet:
    """One row an indicator, under the subject that it belongs to."""
    rows = []
    for subject, entries in publication.subjects.items():
        rows.append(Row((Cell(subject_title(subject), "heading"), *(Cell(None) for _ in COLUMNS[1:])), "band"))
        rows += [_row(entry) for entry in entries]
    return Sheet(
        name=NAME,
        title="Lampiran 1. Definisi Indikator",
        territory=territory(publication),
        subtitle=f"Rilis: {publication.release}.",
        columns=COLUMNS,
        rows=rows,
        notes=[f"{NOT_OFFICIAL} {MARKS[NOT_OFFICIAL]}", RECOMPUTED],
        fixed=2,
    )


def _row(entry: Entry) -> Row:
    official = f"Bukan angka resmi BPS {NOT_OFFICIAL}" if entry.official else "Angka registrasi"
    told = (entry.name, entry.concept, entry.definition, in_words(entry), entry.unit, entry.interpretation,
            entry.reference, official)  # fmt: skip
    return Row((text(entry.code), *map(text, told)), "prose")


def in_words(entry: Entry) -> str:
    """The formula as a reader says it, from the entry's own expressions over named columns."""
    top, bottom = parts_in_words(entry)
    if entry.method in METHODS:
        return METHODS[entry.method].format(bin="umur", all=everyone_in_words(entry), top=top)
    if bottom is None:
        return capital(top)
    ratio = f"({top}) / {bottom}" if " - " in top else f"{top} / {bottom}"
    return f"{entry.scale} × {ratio}" if entry.scale != 1 else capital(ratio)


def parts_in_words(entry: Entry) -> tuple[str, str | None]:
    """Numerator and denominator in words; a count has only the first."""
    everyone = everyone_in_words(entry)
    top = everyone if entry.numerator == "1" else _sum(entry.numerator, entry)
    if entry.denominator is None:
        return top, None
    return top, everyone if entry.denominator == "1" else _sum(entry.denominator, entry)


def everyone_in_words(entry: Entry) -> str:
    """Whom an entry counts at all."""
    if re.fullmatch(r"\w+( = 1)?", entry.universe) and entry.universe != "TRUE":
        return f"jumlah {_words(entry.universe, entry.source)}"
    return f"banyaknya {COUNTED.get(entry.source, entry.source)}{_among(entry)}"


def _sum(expression: str, entry: Entry) -> str:
    said = _words(expression, entry.source)
    is_one = entry.source == DERIVED or said.startswith("jumlah ")
    return f"{said if is_one else f'jumlah {said}'}{_among(entry)}"


def _among(entry: Entry) -> str:
    return "" if entry.universe == "TRUE" else f" ({_words(entry.universe, entry.source)})"


def _words(expression: str, source: str) -> str:
    """An expression over a view's columns, by their names in `words.toml` without the bracket at the end of these."""
    for pattern, said in (
        (r"\busia BETWEEN (\d+) AND (\d+)", r"umur \1-\2 tahun"),
        (r"\busia >= (\d+)", r"umur \1 tahun ke atas"),
        (r" = 1\b", ""),
        (r" AND ", ", "),
    ):
        expression = re.sub(pattern, said, expression)
    names = {column: re.sub(r" \([^)]*\)$", "", name) for column, name in words()[source].items()}
    told = re.sub(r"[a-z]\w*", lambda found: names.get(found[0], found[0].replace("_", " ")), expression)
    told = told[0].lower() + told[1:] if source == "rekap" else told
    return f"({told})" if source != DERIVED and ("+" in told or " - " in told) else told
