"""A workbook with nearly all that Excel can put into one: what marking must carry along without touching it."""

import io
import struct
import zlib

import xlsxwriter

from tests.intake.workbooks import packed, unpacked
from tests.returned.books import SHEET, X14, seven_people

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
DATA_SHEET = "xl/worksheets/sheet1.xml"
BOOK_RELATIONS, SHEET_RELATIONS = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"

# Part, its kind of content, who refers to it, and as what.
ADDED: list[tuple[str, bytes, str, str, str]] = [
    ("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}"><c r="D2" i="1"/></calcChain>'.encode(),
     f"{SPREADSHEET}calcChain+xml", BOOK_RELATIONS, f"{OFFICE}/calcChain"),
    ("xl/persons/person.xml", b'<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
     b'threadedcomments"><person displayName="Pak RT" id="{1}" userId="" providerId="None"/></personList>',
     "application/vnd.ms-excel.person+xml", BOOK_RELATIONS, f"{MICROSOFT}/person"),
    ("xl/threadedComments/threadedComment1.xml", b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/'
     b'spreadsheetml/2018/threadedcomments"><threadedComment ref="A5" personId="{1}" id="{2}"><text>Betul?</text>'
     b"</threadedComment></ThreadedComments>",
     "application/vnd.ms-excel.threadedcomments+xml", SHEET_RELATIONS, f"{MICROSOFT}/threadedComment"),
    ("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{MAIN}"/>'.encode(),
     f"{SPREADSHEET}externalLink+xml", BOOK_RELATIONS, f"{OFFICE}/externalLink"),
    ("xl/pivotCache/pivotCacheDefinition1.xml", f'<pivotCacheDefinition xmlns="{MAIN}" refreshOnLoad="1"><cacheSource '
     'type="worksheet"><worksheetSource ref="A1:B8" sheet="Data RT"/></cacheSource><cacheFields count="1"><cacheField '
     'name="NIK"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'.encode(),
     f"{SPREADSHEET}pivotCacheDefinition+xml", BOOK_RELATIONS, f"{OFFICE}/pivotCacheDefinition"),
    ("xl/pivotTables/pivotTable1.xml", f'<pivotTableDefinition xmlns="{MAIN}" name="Rekap" cacheId="1" '
     'dataCaption="Nilai"><location ref="P1:Q3" firstHeaderRow="0" firstDataRow="1" firstDataCol="1"/>'
     "</pivotTableDefinition>".encode(),
     f"{SPREADSHEET}pivotTable+xml", SHEET_RELATIONS, f"{OFFICE}/pivotTable"),
    ("xl/printerSettings/printerSettings1.bin", b"\0E\0P\0S\0O\0N",
     f"{SPREADSHEET}printerSettings", SHEET_RELATIONS, f"{OFFICE}/printerSettings"),
    ("customXml/item1.xml", b"<dokumen><![CDATA[ <apa pun> ]]></dokumen>", "application/xml", BOOK_RELATIONS,
     f"{OFFICE}/customXml"),
]  # fmt: skip


def everything() -> bytes:
    """Chart, picture, notes old and new, table, rules, protection, panes, names, links, pivot and printer."""
    parts = unpacked(_drawn())
    for name, content, kind, referring, relation in ADDED:
        parts[name] = content
        declared = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", declared)
        link = f'<Relationship Id="r{len(parts)}" Type="{relation}" Target="/{name}"/></Relationships>'.encode()
        parts[referring] = parts[referring].replace(b"</Relationships>", link)
        if relation.endswith("/pivotCacheDefinition"):
            cache = f'<pivotCaches><pivotCache cacheId="1" r:id="r{len(parts)}"/></pivotCaches></workbook>'.encode()
            parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</workbook>", cache)
    sheet = parts[DATA_SHEET]
    shared = b'<c r="E2"><f t="shared" ref="E2:E4" si="0">C2+1</f><v>2</v></c>'
    follows = b'<c r="E3"><f t="shared" si="0"/><v>3</v></c>'
    for row, cell in ((b"2", shared), (b"3", follows)):
        end = sheet.index(b"</row>", sheet.index(b'<row r="' + row + b'"'))
        sheet = sheet[:end] + cell + sheet[end:]
    assert b"<extLst>" not in sheet
    parts[DATA_SHEET] = sheet.replace(b"</worksheet>", X14 + b"</worksheet>")
    comments = next(name for name in parts if "comments" in name.lower() and b"Tanda tangan" in parts[name])
    # Excel writes a note of this author beside each thread, for programs that know no threads.
    parts[comments] = parts[comments].replace(b"<author>Pak RW", b"<author>tc={2}")
    return packed(parts)


def _drawn() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = seven_people(book, SHEET)
    sheet.write_comment("A4", "Tanda tangan menyusul", {"author": "Pak RT"})
    sheet.write_comment("A5", "[Komentar beralur]", {"author": "Pak RW"})
    sheet.conditional_format("C2:C8", {"type": "data_bar"})
    sheet.conditional_format("A2:A8", {"type": "formula", "criteria": "=LEN(A2)<16", "format": book.add_format()})
    sheet.data_validation("B2:B9", {"validate": "list", "source": ["a", "b"]})
    sheet.add_table("H1:I4", {"columns": [{"header": "satu"}, {"header": "dua"}]})
    sheet.autofilter("A1:D8")
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"select_locked_cells": True})
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.merge_range("B20:C21", "gabung")
    sheet.write_url("B10", "https://bps.go.id/")
    sheet.repeat_rows(0)
    sheet.set_h_pagebreaks([5])
    sheet.insert_image("K2", "gambar.png", {"image_data": io.BytesIO(_picture())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{SHEET}'!$C$2:$C$8"})
    sheet.insert_chart("K10", chart)
    other = book.add_worksheet("Kode")
    other.write_column(0, 0, ["L", "P"])
    other.write_comment("A1", "Jangan diubah")
    other.very_hidden()
    book.add_chartsheet("Grafik").set_chart(_another(book))
    book.define_name("pilihan", "=Kode!$A$1:$A$2")
    book.define_name(f"'{SHEET}'!nilai", f"='{SHEET}'!$C$2:$C$8")
    book.close()
    return out.getvalue()


def _another(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": f"='{SHEET}'!$C$2:$C$8"})
    return chart


def _picture() -> bytes:
    """A grey dot as PNG."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
