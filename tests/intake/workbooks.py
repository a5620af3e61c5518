"""Small real files: rows of valid data, and the bytes of the .xlsx, .xlsm, .ods or .csv that holds them."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

Table = list[list[Any]]

KK = "6306051501100001"
NIK = "6306051205900001"
HERE = {"RW": "002", "RT": "005"}
PERSON = {
    "Nomor KK": KK,
    "NIK": NIK,
    "Nama Lengkap": "Ahmad",
    "Jenis Kelamin": "Laki-laki",
    "Tanggal Lahir": "12-05-1990",
    "Hubungan dalam Keluarga": "Kepala Keluarga",
    **HERE,
}
FAMILY = {
    "Nomor KK": KK,
    "Nama Kepala Keluarga": "Ahmad",
    "Jumlah Anggota Keluarga": 4,
    "Pengeluaran Bulanan": 4_000_000,
    **HERE,
}
PUPIL = {"NIK": NIK, "Nama Lengkap": "Ahmad", "Partisipasi Sekolah": "Tidak sekolah lagi", **HERE}
WORKER = {"NIK": NIK, "Nama Lengkap": "Ahmad", "Bekerja": "Ya", **HERE}
COUNTS = {**HERE, "Penduduk Laki-laki": 60, "Penduduk Perempuan": 50, "Jumlah KK": 30}
AID = {**HERE, "Penerima PKH": 7}
PUPILS = {**HERE, "Sekolah SD": 12}


def nik(born: date, *, woman: bool = False, serial: int = 1) -> str:
    """The NIK of somebody born on that day."""
    return f"630605{born.day + 40 * woman:02}{born:%m%y}{serial:04}"


def person(name: str, born: date, *, woman: bool = False, serial: int = 1, **more: Any) -> dict[str, Any]:
    """A valid resident of the family, not its head; `more` names further columns, `_` for a blank."""
    return {
        **PERSON,
        "NIK": nik(born, woman=woman, serial=serial),
        "Nama Lengkap": name,
        "Jenis Kelamin": "Perempuan" if woman else "Laki-laki",
        "Tanggal Lahir": f"{born:%d-%m-%Y}",
        "Hubungan dalam Keluarga": "Famili Lain",
        **{label.replace("_", " "): value for label, value in more.items()},
    }


def without(row: dict[str, Any], *labels: str) -> dict[str, Any]:
    """The row without some of its columns."""
    return {label: value for label, value in row.items() if label not in labels}


def table(rows: Iterable[dict[str, Any]]) -> Table:
    """Headings and rows; every column that any of the rows has."""
    rows = list(rows)
    labels = list(dict.fromkeys(label for row in rows for label in row))
    return [labels, *([row.get(label) for label in labels] for row in rows)]


def each(label: str, values: Iterable[Any], **more: Any) -> Table:
    """A resident for each value of one column, in RT 005 where `more` says nothing else, all without relations."""
    base = without(PERSON, "Hubungan dalam Keluarga", "RW", "RT") | (more or HERE)
    people = [{**base, "NIK": "0", "Nama Lengkap": f"Orang {n}"} for n, _ in enumerate(values, 1)]
    return table(row | {label: value} for row, value in zip(people, values, strict=True))


BUDI = person("Budi", date(1985, 3, 4))
SITI = person("Siti", date(1992, 7, 8), woman=True)
PEOPLE = table([PERSON, BUDI, SITI])


def workbook(sheets: dict[str, Table]) -> Workbook:
    """The tables as sheets of one workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook's file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*tables: Table) -> bytes:
    """An .xlsx with one sheet a table."""
    return saved(workbook({f"Sheet{number}": rows for number, rows in enumerate(tables, 1)}))


def changed(rows: Table, cells: dict[str, Any]) -> bytes:
    """An .xlsx of the table with some of its cells written over; `#REF!` and `=A1` become what they say."""
    book = workbook({"Sheet1": rows})
    for cell, value in cells.items():
        book.worksheets[0][cell].value = value
    return saved(book)


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            # The same parts make the same bytes, whenever.
            package.writestr(zipfile.ZipInfo(name, (2025, 9, 30, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def patched(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The package with some bytes of one part replaced, which must be there."""
    parts = unpacked(content)
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new)})


SHEET = "xl/worksheets/sheet1.xml"
ODS_NAMES = (
    " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def xlsm(*tables: Table) -> bytes:
    """The same workbook declared as one with macros."""
    plain, macros = b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    return patched(
        xlsx(*tables),
        "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument." + plain,
        b"application/vnd." + macros,
    )


def ods(rows: Table) -> bytes:
    """An OpenDocument spreadsheet of text cells; `#REF!` becomes a formula that failed."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Data">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return packed(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if value == "#REF!":
        kind = 'table:formula="of:=#REF!" office:value-type="string" office:string-value="" calcext:value-type="error"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def csv(rows: Table, separator: str = ",", encoding: str = "utf-8", first: str = "") -> bytes:
    """A text file as Excel saves it, without quotes; `first` goes before the table."""
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return (first + "".join(line + "\r\n" for line in lines)).encode(encoding)
