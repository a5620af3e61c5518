"""Notes below a table: what its marks and flags mean, and where its figures come from."""

from collections.abc import Iterable

from pipelines.publishing.workbook_figures import FEWER_RTS, NOT_APPLICABLE, NOT_OFFICIAL
from pipelines.publishing.workbook_layout import SOURCE, Row
from pipelines.publishing.workbook_publication import Entry

FLAGS = {
    "ok": "Ditampilkan; kelengkapannya ada pada kolom RT masuk dan RT seharusnya.",
    "z": "Tidak dapat dihitung karena penyebutnya nol, misalnya tidak ada anak pada umur itu.",
    "c": "Disembunyikan untuk melindungi keterangan warga.",
    "s": "Disembunyikan agar angka lain yang dilindungi tidak dapat dihitung dari selisihnya, juga bukan dari selisih "
    "dengan rilis sebelumnya.",
    "u": "Ditampilkan, tetapi kurang andal karena hanya sedikit orang atau keluarga di baliknya, atau jawabannya "
    "belum diketahui untuk lebih dari sepersepuluh; jangan dipakai untuk membandingkan wilayah.",
    "m": "Belum dilaporkan RT, atau jawabannya belum diketahui untuk lebih dari seperempat, atau menunggu semua RT "
    "melapor, atau luas wilayah atau triwulan lalu yang menyusunnya belum ada; bukan nol.",
    NOT_APPLICABLE: "Tidak berlaku: indikator ini tidak dirinci menurut jenis kelamin, atau tidak memiliki "
    "pembilang dan penyebut.",
}
MARKS = {
    NOT_OFFICIAL: "Angka registrasi kelurahan, bukan angka resmi BPS: BPS menghitung indikator sejenis dari survei, "
    "untuk kabupaten/kota ke atas. Jangan dibandingkan langsung.",
    FEWER_RTS: "Berasal dari lebih sedikit RT daripada yang tertulis pada baris itu.",
}


def named(entry: Entry) -> str:
    """The indicator's name, marked where BPS has an official figure of that name."""
    return f"{entry.name} {NOT_OFFICIAL}" if entry.official else entry.name


def notes_below(rows: Iterable[Row], entries: Iterable[Entry], *more: str) -> list[str]:
    """The marks and flags that the table uses, in plain words, then `more`, then the source."""
    cells = {cell[1:] if cell.shape == "number" else cell[:2] for row in rows for cell in row.cells}
    flags = {c[0] for c in cells if c[1] == "flag"} | {m for c in cells if len(c) == 3 for m in str(c[2]).split()}
    notes = [f"{NOT_OFFICIAL} {MARKS[NOT_OFFICIAL]}"] if any(entry.official for entry in entries) else []
    notes += [f"{FEWER_RTS} {MARKS[FEWER_RTS]}"] if FEWER_RTS in flags else []
    notes += [f"{flag}: {meaning}" for flag, meaning in FLAGS.items() if flag in flags]
    return [*notes, *more, f"{SOURCE}."]
