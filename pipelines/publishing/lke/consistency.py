"""`11a-konsistensi-<period>`: one row a variable, a column a medium, what differs in red. As a workbook and as CSV."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pipelines.publishing.csvout import rows_text
from pipelines.publishing.lke.comparing import ABSENT, DIFFERENT, Compared, in_words, is_same
from pipelines.publishing.lke.media import Medium, Seen
from pipelines.publishing.lke.reading import compared_area
from pipelines.publishing.numbers import as_written
from pipelines.publishing.workbook_figures import Cell, text, whole
from pipelines.publishing.workbook_layout import SOURCE, Column, Row, Sheet
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_titles import period_title, subtitle

TITLE = "LKE 11a. Perbandingan Angka Antar Media Publikasi"
NO_NUMBER = "tanpa angka"
NOTES = (
    "Setiap angka dibaca kembali dari berkas jadinya, bukan dari gudang data; berkasnya ada pada lembar Berkas.",
    "Angka yang ditulis utuh dibandingkan utuh. Angka cetak pada laman dan PDF dibulatkan: dibandingkan sampai desimal "
    "pada kolom Desimal laman. Di laman dibaca angka cetak dan angka untuk mesin.",
    f"{ABSENT}: media itu tidak memuat variabel tersebut. {NO_NUMBER}: media memuatnya, tetapi sel angkanya berisi "
    "tanda atau kosong. Bila satu media memuat angka yang berlainan di beberapa tempat, semuanya ditulis.",
    "Yang dibandingkan: angka seluruhnya dan menurut jenis kelamin, dari wilayah terluas. Rincian lain, gambar grafik, "
    "dan infografis tidak dibandingkan di sini.",
    f"{SOURCE}.",
)


def comparison_sheet(publication: Publication, media: Sequence[Medium], rows: Sequence[Compared]) -> Sheet:
    """The comparison as it is printed."""
    columns = [
        Column("No", 5),
        Column("Variabel", 46),
        Column("Satuan", 22),
        *(Column(medium.name, 15, numeric=True) for medium in media),
        Column("Desimal laman", 9, numeric=True),
        Column("Kesimpulan", 12, numeric=True),
    ]
    return Sheet(
        name="11a Konsistensi",
        title=TITLE,
        territory=f"{compared_area(publication).title}, {period_title(publication)}. Hasil: {in_words(rows)}",
        subtitle=subtitle(publication, "lihat kolom Satuan"),
        columns=columns,
        rows=[_row(number, one) for number, one in enumerate(rows, start=1)] or [_nothing(len(columns))],
        notes=list(NOTES),
        fixed=2,
    )


def files_sheet(publication: Publication, media: Sequence[Medium], files: Sequence[Path], folder: Path) -> Sheet:
    """The files that were read: their sums, and how many figures each medium has."""
    rows = []
    for medium in media:
        own = [path for path in files if path.relative_to(folder).match(medium.files)]
        for path in own:
            name = path.relative_to(folder).as_posix()
            count = whole(len(medium.said)) if path == own[0] else Cell(None)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            rows.append(Row((text(medium.name), text(name), count, Cell(digest, "code"))))
    return Sheet(
        name="Berkas",
        title="Berkas yang dibaca",
        territory=f"{compared_area(publication).title}, {period_title(publication)}",
        subtitle=subtitle(publication, "variabel"),
        columns=[
            Column("Media", 30),
            Column("Berkas", 44),
            Column("Variabel", 10, numeric=True),
            Column("SHA-256", 66),
        ],
        rows=rows,
        notes=["Variabel: termasuk yang tanpa angka karena dilindungi."],
    )


def comparison_csv(media: Sequence[Medium], rows: Sequence[Compared]) -> str:
    """The same for programs: the value of each medium unrounded, its state beside it."""
    names = [name for medium in media for name in (medium.name, f"{medium.name}: keadaan")]
    lines = []
    for row in rows:
        pairs = [pair for seen, state in zip(row.seen, row.states, strict=True) for pair in (_value(seen), state)]
        lines.append((*row.variable, row.name, row.unit, *pairs, row.verdict))
    return rows_text(["indikator", "rincian", "nama", "satuan", *names, "kesimpulan"], lines)


def sentence(publication: Publication, media: Sequence[Medium], rows: Sequence[Compared], file: str) -> str:
    """What an officer is told where a figure differs; empty where none does."""
    different = [row for row in rows if row.verdict == DIFFERENT]
    if not different:
        return ""
    states = [zip(media, row.states, strict=True) for row in different]
    blamed = list(dict.fromkeys(m.files for pairs in states for m, state in pairs if state == DIFFERENT))
    places = ", ".join(blamed)
    return (
        f"Angka {publication.period} tidak sama antar media: {len(different)} variabel, di antaranya "
        f"{different[0].name}, pada {places}. Lihat {file}; hapus berkas yang diubah, lalu jalankan: cantik run."
    )


def _row(number: int, one: Compared) -> Row:
    verdict = Cell(one.verdict, "different" if one.verdict == DIFFERENT else "flag")
    figures = (_cell(seen, state) for seen, state in zip(one.seen, one.states, strict=True))
    return Row((text(str(number)), text(one.name), text(one.unit), *figures, whole(one.decimals), verdict))


def _nothing(width: int) -> Row:
    return Row((text(""), text("Belum ada angka untuk dibandingkan."), *(Cell(None) for _ in range(width - 2))))


def _cell(seen: tuple[Seen, ...], state: str) -> Cell:
    value = _value(seen)
    if state == DIFFERENT:
        return Cell(_written(value), "different")
    if not isinstance(value, float):
        return Cell(state if state == ABSENT else value, "flag")
    return Cell(value, "number", 0 if value.is_integer() else 4)


def _value(seen: tuple[Seen, ...]) -> float | str | None:
    """What a medium says: its number; several where it contradicts itself; None where it is silent."""
    numbers = list(dict.fromkeys(one.number for one in seen if one.decimals is None))
    numbers += [one.number for one in seen if one.decimals is not None and not _rounds(one, numbers)]
    if len(numbers) > 1:
        return "; ".join(str(_written(_said(number))) for number in numbers)
    return _said(numbers[0]) if numbers else None


def _rounds(one: Seen, numbers: Sequence[float | None]) -> bool:
    return any(is_same(one, Seen(number)) for number in numbers)


def _said(number: float | None) -> float | str:
    return NO_NUMBER if number is None else number


def _written(value: float | str | None) -> str | None:
    """A number with every decimal that it has, as Indonesians write it."""
    return as_written(f"{value:,.12g}") if isinstance(value, float) else value
