"""`.xls` and `.ods`, and what only bears the name of a spreadsheet."""

import struct
from random import Random

from tests.intake.workbooks import BUDI, PEOPLE, PERSON, csv, ods, packed, patched, table, unpacked, xlsm, xlsx

from .case import DAMAGED, HELD, TOO_BIG, UNUSUAL, Case, refused, unique, whole
from .oldbooks import Formula, Lies, compound, xls

CONTENT = "content.xml"
OPTIONAL = table([{**PERSON, "Agama": "Islam"}, {**BUDI, "Agama": "Islam"}])
PROGRAM = "menjalankan program lain"
LOCKED = "kata sandi"
SAVE_AGAIN = "Simpan Sebagai"


def supbook(target: str) -> tuple[int, bytes]:
    return 0x01AE, struct.pack("<HH", 0, len(target)) + b"\x00" + target.encode("latin-1")


def xls_fault(name: str, value: object) -> Case:
    def make() -> bytes:
        return xls(OPTIONAL, cells={(2, 8): value})

    return Case(f"xls: {name}", "data.xls", make, HELD, (1, 1), frozenset({"KODE01"}), values={"nama": ["Ahmad"]})


OLD = [
    whole("xls", xls, file="data.xls"),
    whole("xls named .xlsx", xls, "FILE03", says="Akhiran"),
    xls_fault("typed error where a cell may be empty", "#N/A"),
    xls_fault("calculated error where a cell may be empty", Formula("#REF!")),
    Case(
        "xls: formula with a number is that number",
        "data.xls",
        lambda: xls(OPTIONAL, cells={(2, 8): Formula(1.0)}),
        "accepted",
        (2, 0),
    ),
    Case(
        "xls: NIK stored as a number",
        "data.xls",
        lambda: xls(cells={(2, 1): int(BUDI["NIK"])}),
        HELD,
        (2, 1),
        frozenset({"ID05"}),
        values={"nama": ["Ahmad", "Siti"]},
    ),
    refused(
        "xls with a password", lambda: xls(lies=Lies([(0x002F, struct.pack("<HHHH", 0, 1, 2, 3))])), LOCKED, "data.xls"
    ),
    refused(
        "xlsx with a password",
        lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": Random(1).randbytes(9000)}),
        LOCKED,
    ),
    refused("xls that starts a program", lambda: xls(lies=Lies([supbook("cmd\x03/c calc")])), PROGRAM, "data.xls"),
    whole(
        "xls with a link to another workbook",
        lambda: xls(lies=Lies([supbook("\x01\x01C\x03Users\x03a.xls")])),
        file="data.xls",
    ),
    refused("xls whose sectors run in a circle", lambda: xls(lies=Lies(circle=True)), DAMAGED, "data.xls"),
    refused("xls whose sheet starts beyond the end", lambda: xls(lies=Lies(start=10_000_000)), DAMAGED, "data.xls"),
    refused("xls without its last sectors", lambda: xls()[:3000], DAMAGED, "data.xls"),
    refused("xls of random bytes", lambda: xls()[:8] + Random(2).randbytes(20_000), DAMAGED, "data.xls"),
    refused("xls: only its first bytes", lambda: xls()[:8], DAMAGED, "data.xls"),
    refused("xls: zeros behind the first sector", lambda: xls()[:512] + bytes(9000), DAMAGED, "data.xls"),
    # 65,536 rows of 256 columns fit the reader; stray words far below the table make a row that nobody can use.
    Case(
        "xls with words in the last corner",
        "data.xls",
        lambda: xls(cells={(65_535, 255): "x", (65_534, 0): "x"}),
        HELD,
        (3, 1),
        None,
        slow=True,
    ),
    refused(
        "Word document of the old kind",
        lambda: compound({"WordDocument": Random(3).randbytes(5000)}),
        "bukan workbook",
        "data.doc.xls",
    ),
]


def ods_with(row: str) -> bytes:
    """A good table with more rows behind."""
    return patched(ods(PEOPLE), CONTENT, b"</table:table>", row.encode() + b"</table:table>")


def ods_cell(attributes: str, text: str) -> bytes:
    """The religion of the second person in the markup of another program."""
    rows = [list(row) for row in OPTIONAL]
    rows[2][8] = "TANDA"
    cell = f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"
    old = b'<table:table-cell office:value-type="string"><text:p>TANDA</text:p></table:table-cell>'
    return patched(ods(rows), CONTENT, old, cell.encode())


def ods_fault(name: str, attributes: str, text: str) -> Case:
    return Case(
        f"ods: {name}",
        "data.ods",
        lambda: ods_cell(attributes, text),
        HELD,
        (1, 1),
        frozenset({"KODE01"}),
        values={"nama": ["Ahmad"]},
    )


X = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
WIDE = X.replace("table-cell ", 'table-cell table:number-columns-repeated="16384" ', 1)
ODS = [
    whole("ods", lambda: ods(PEOPLE), file="data.ods"),
    whole("ods named .xlsx", lambda: ods(PEOPLE)),
    ods_fault(
        "error as LibreOffice writes it",
        'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
        "#DIV/0!",
    ),
    ods_fault(
        "error as OpenOffice writes it", 'table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!"
    ),
    ods_fault("error with a number", 'table:formula="of:=foo()" office:value-type="float" office:value="0"', "Err:508"),
    ods_fault("formula never calculated", 'table:formula="of:=[.A1]"', ""),
    refused(
        "ods that starts a program",
        lambda: ods_cell(
            'table:formula="of:=DDE(&quot;cmd&quot;;&quot;/c calc&quot;;&quot;x&quot;)" office:value-type="string"',
            "Islam",
        ),
        PROGRAM,
        "data.ods",
    ),
    whole(
        "ods with a million blank rows behind",
        lambda: ods_with(
            '<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
        file="data.ods",
    ),
    refused(  # the reader stops at its limit without saying why: its word for it is "damaged"
        "ods: one cell repeated a billion times",
        lambda: ods_with(f'<table:table-row table:number-rows-repeated="1000000">{WIDE}</table:table-row>'),
        DAMAGED,
        "data.ods",
    ),
    refused(
        "ods: one row repeated without end",
        lambda: ods_with(f'<table:table-row table:number-rows-repeated="2147483647">{X * 8}</table:table-row>'),
        TOO_BIG,
        "data.ods",
        slow=True,
    ),
    refused(
        "ods: faulty cells repeated a billion times",
        lambda: ods_with(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:formula="of:=1/0" '
            'table:number-columns-repeated="1000" office:value-type="string" calcext:value-type="error">'
            "<text:p>#REF!</text:p></table:table-cell></table:table-row>"
        ),
        TOO_BIG,
        "data.ods",
    ),
    refused(
        "ods with a document type",
        lambda: patched(
            ods(PEOPLE), CONTENT, b"<office:document-content", b'<!DOCTYPE x [<!ENTITY a "b">]><office:document-content'
        ),
        UNUSUAL,
        "data.ods",
    ),
    refused(
        "ods with a password",
        lambda: patched(
            ods(PEOPLE),
            "META-INF/manifest.xml",
            b"</manifest:manifest>",
            b"<manifest:encryption-data/></manifest:manifest>",
        ),
        LOCKED,
        "data.ods",
    ),
    refused("ods cut short", lambda: ods(PEOPLE)[:700], DAMAGED, "data.ods"),
    refused(
        "ods with broken content",
        lambda: packed({**unpacked(ods(PEOPLE)), CONTENT: unpacked(ods(PEOPLE))[CONTENT][:900]}),
        DAMAGED,
        "data.ods",
    ),
    refused(
        "text document of LibreOffice",
        lambda: packed(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                CONTENT: b"<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>",
            }
        ),
        "",
        "data.ods",
    ),
]

HTML = b"<html><body><table><tr><td>NIK</td></tr></table></body></html>"
XML_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)
LOOKALIKES = [
    refused("web page named .xls", lambda: HTML, SAVE_AGAIN, "data.xls"),
    refused("web page in UTF-16 named .xls", lambda: HTML.decode().encode("utf-16"), SAVE_AGAIN, "data.xls"),
    refused(
        "web archive named .xls",
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + HTML,
        SAVE_AGAIN,
        "data.xls",
    ),
    refused("XML of Excel 2003 named .xls", lambda: XML_2003, "2003", "data.xls"),
    refused("tabbed text named .xls", lambda: csv(PEOPLE, "\t"), "menjadi .csv", "data.xls"),
    refused("tabbed text in UTF-16 named .xls", lambda: csv(PEOPLE, "\t", "utf-16"), "menjadi .csv", "data.xls"),
    refused("csv named .xlsx", lambda: csv(PEOPLE, ";"), "menjadi .csv"),
    refused("Excel 2 named .xls", lambda: b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(3000), "sangat lama", "data.xls"),
    refused("PDF named .xlsx", lambda: b"%PDF-1.7\n" + Random(4).randbytes(3000), "PDF"),
    refused("photo named .xlsx", lambda: b"\xff\xd8\xff\xe0" + Random(5).randbytes(3000), "foto"),
    refused("RAR named .xlsx", lambda: b"Rar!\x1a\x07\x01\x00" + Random(6).randbytes(3000), "arsip"),
    refused("RTF named .xls", lambda: b"{\\rtf1\\ansi NIK}", "bukan workbook", "data.xls"),
    refused("Windows program named .xlsx", lambda: b"MZ" + Random(7).randbytes(3000), "bukan workbook"),
    refused("shell script named .xlsx", lambda: b"#!/bin/sh\nrm -rf ~\n", "bukan workbook"),
    whole("xlsx named .xls", lambda: xlsx(PEOPLE), "FILE03", file="data.xls", says="Akhiran"),
    whole("xlsx named .csv", lambda: xlsx(PEOPLE), "FILE03", file="data.csv", says="Akhiran"),
    whole("xlsm", lambda: xlsm(PEOPLE), file="data.xlsm"),
    whole(
        "xlsm with a macro project",
        lambda: packed({**unpacked(xlsm(PEOPLE)), "xl/vbaProject.bin": compound({"VBA": b"x"})}),
        file="data.xlsm",
    ),
    whole(
        "macro project in an .xlsx",
        lambda: packed({**unpacked(xlsx(PEOPLE)), "xl/vbaProject.bin": compound({"VBA": b"x"})}),
    ),
    refused("workbook with the ending .pdf", lambda: xlsx(PEOPLE), ".pdf", "data.pdf"),
    refused("workbook without an ending", lambda: xlsx(PEOPLE), "tanpa akhiran", "data"),
    refused("binary workbook .xlsb", lambda: xlsx(PEOPLE), ".xlsb", "data.xlsb"),
]
CASES: list[Case] = unique([*OLD, *ODS, *LOOKALIKES])
