"""The XML within a package: entities, encodings, references that lead nowhere, orders to programs, huge addresses."""

import re

from tests.intake.workbooks import (
    PEOPLE,
    PERSON,
    SHEET,
    changed,
    packed,
    patched,
    saved,
    table,
    unpacked,
    workbook,
    xlsx,
)

from .case import ACCEPTED, DAMAGED, HELD, TOO_BIG, UNUSUAL, Case, one_held, refused, unique, whole

BOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
PROGRAM = "menjalankan program lain"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "haha">'
    + b"".join(b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 10) for letter in range(97, 106))
    + b"]>"
)
QUADRATIC = b'<!DOCTYPE x [<!ENTITY a "' + b"A" * 50_000 + b'">]>'
FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FROM_WEB = b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd">%a;]>'
SMALL = b'<!DOCTYPE x [<!ENTITY a "lol">]>'
OPTIONAL = table([{**PERSON, "Agama": "Islam"}])
TWO = (PEOPLE, [PEOPLE[0], [*PEOPLE[1][:1], "0", "Orang Lain", *PEOPLE[1][3:]]])


def good() -> bytes:
    return xlsx(PEOPLE)


def rewritten(part: str, change: object, of: bytes | None = None) -> bytes:
    """A good workbook with one part changed by a function."""
    parts = unpacked(of or good())
    return packed({**parts, part: change(parts[part])})  # type: ignore[operator]


def after_declaration(xml: bytes, more: bytes) -> bytes:
    """`more` at the place where a document type may stand."""
    end = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
    return xml[:end] + more + xml[end:]


def planted(document_type: bytes, part: str = SHEET, use: bytes = b"Ahmad") -> bytes:
    def change(xml: bytes) -> bytes:
        entity = b"&j;" if document_type is LAUGHS else b"&a;" * (2000 if document_type is QUADRATIC else 1)
        return after_declaration(xml.replace(use, entity), document_type)

    return rewritten(part, change)


def head(part: str, more: bytes) -> bytes:
    return rewritten(part, lambda xml: after_declaration(xml, more))


def encoded(name: str, declared: str, mark: bytes = b"", text: str = "Ahmad") -> bytes:
    """The sheet in another encoding."""

    def change(xml: bytes) -> bytes:
        plain = xml.decode().replace("Ahmad", text)
        return mark + f'<?xml version="1.0" encoding="{declared}"?>{plain}'.encode(name)

    return rewritten(SHEET, change)


def utf_16_with_entities() -> bytes:
    def change(xml: bytes) -> bytes:
        start = '<?xml version="1.0" encoding="UTF-16"?>' + SMALL.decode()
        return (start + xml.decode().replace("Ahmad", "&a;")).encode("utf-16")

    return rewritten(SHEET, change)


def prefixed() -> bytes:
    """As some programs write: every element of the sheet with a prefix."""

    def change(xml: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")

    return rewritten(SHEET, change)


def strict(content: bytes) -> bytes:
    """The workbook in the namespaces of strict OOXML."""
    pairs = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (OFFICE, b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )
    parts = unpacked(content)
    for old, new in pairs:
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    return packed(parts)


def without_second_sheet() -> bytes:
    return packed({name: part for name, part in unpacked(xlsx(*TWO)).items() if not name.endswith("sheet2.xml")})


def with_link(link: bytes) -> bytes:
    """A workbook that refers to something outside."""
    parts = unpacked(good())
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    relation = (
        b'<Relationship Id="rId77" Type="' + OFFICE + b'/externalLink" Target="externalLinks/externalLink1.xml"/>'
    )
    types = b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="' + kind + b'"/></Types>'
    return packed(
        {
            **parts,
            TYPES: parts[TYPES].replace(b"</Types>", types),
            RELATIONS: parts[RELATIONS].replace(b"</Relationships>", relation + b"</Relationships>"),
            BOOK: parts[BOOK].replace(
                b"</sheets>",
                b'</sheets><externalReferences><externalReference xmlns:r="'
                + OFFICE
                + b'" r:id="rId77"/></externalReferences>',
            ),
            "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
            b'2006/main" xmlns:r="' + OFFICE + b'">' + link + b"</externalLink>",
        }
    )


def formula(text: bytes, value: bytes = b"Budi") -> bytes:
    """Budi's name as a formula with its value kept."""
    name = b'<c r="C3" t="inlineStr"><is><t>Budi</t></is></c>'
    return patched(good(), SHEET, name, b'<c r="C3" t="str"><f>' + text + b"</f><v>" + value + b"</v></c>")


def named(text: bytes) -> bytes:
    names = b'</sheets><definedNames><definedName name="x">' + text + b"</definedName></definedNames>"
    return patched(good(), BOOK, b"</sheets>", names)


def reached_by_another_folder() -> bytes:
    """An error cell in a sheet that lies where sheets do not usually lie."""
    parts = unpacked(changed(OPTIONAL, {"I2": "#REF!"}))
    parts["xl/lembar/satu.xml"] = parts.pop(SHEET)
    parts[TYPES] = parts[TYPES].replace(b"/xl/worksheets/sheet1.xml", b"/xl/lembar/satu.xml")
    relations = parts[RELATIONS]
    for target in (b"/xl/worksheets/sheet1.xml", b"worksheets/sheet1.xml"):
        relations = relations.replace(target, b"/xl/lembar/satu.xml")
    return packed({**parts, RELATIONS: relations})


def row(number: int, column: str = "A", text: str = "x") -> bytes:
    cell = f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<row r="{number}">{cell}</row></sheetData>'.encode()


def far(number: int, column: str = "A", text: str = "x", of: bytes | None = None) -> bytes:
    return patched(of or good(), SHEET, b"</sheetData>", row(number, column, text))


def formatted_rows(many: int) -> bytes:
    """A sheet of which the sender formatted far more rows than he filled."""
    cells = "".join(f'<c r="{letter}{{0}}" s="0"/>' for letter in "ABCDEFGH")
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(5, many))
    return patched(good(), SHEET, b"</sheetData>", rows.encode() + b"</sheetData>")


def dimension(stated: bytes) -> bytes:
    return patched(good(), SHEET, b'<dimension ref="A1:H4" />', b'<dimension ref="' + stated + b'" />')


def backwards() -> bytes:
    """The rows from the last to the first, each with its number."""

    def change(xml: bytes) -> bytes:
        rows = re.findall(rb"<row .*?</row>", xml)
        return xml.replace(b"".join(rows), b"".join(reversed(rows)))

    return rewritten(SHEET, change)


def spilled_and_missing() -> bytes:
    """An error that only the second reader takes, and a sheet that this reader would leave out in silence."""
    content = patched(changed(PEOPLE, {"C3": "#REF!"}), SHEET, b"#REF!", b"#SPILL!")
    parts = unpacked(xlsx(*TWO)) | {SHEET: unpacked(content)[SHEET]}
    return packed({name: part for name, part in parts.items() if not name.endswith("sheet2.xml")})


def deep() -> bytes:
    return patched(good(), SHEET, b"</sheetData>", b"</sheetData>" + b"<ext>" * 50_000 + b"</ext>" * 50_000)


def hidden_bomb() -> bytes:
    book = workbook({"Data": PEOPLE, "Kode": [["x"]]})
    book["Kode"]["XFD1048576"] = "x"
    book["Kode"].sheet_state = "hidden"
    return saved(book)


CASES: list[Case] = unique(
    [
        refused("billion laughs in a sheet", lambda: planted(LAUGHS), UNUSUAL),
        refused("billion laughs in the list of sheets", lambda: planted(LAUGHS, BOOK, b"Sheet1"), UNUSUAL),
        refused("quadratic entities", lambda: planted(QUADRATIC), UNUSUAL),
        refused("entity from a file", lambda: planted(FILE), UNUSUAL),
        refused("entity from the web", lambda: planted(FROM_WEB, use=b"nothing"), UNUSUAL),
        refused("small entity", lambda: planted(SMALL), UNUSUAL),
        refused("document type in the content types", lambda: head(TYPES, SMALL), UNUSUAL),
        refused("document type in relationships", lambda: head(RELATIONS, SMALL), UNUSUAL),
        refused("document type in styles", lambda: head("xl/styles.xml", SMALL), UNUSUAL),
        refused("document type in the properties", lambda: head("docProps/core.xml", SMALL), UNUSUAL),
        refused(
            "document type behind a long comment", lambda: head(SHEET, b"<!--" + b"-x" * 5000 + b"-->" + SMALL), UNUSUAL
        ),
        refused("document type without entities", lambda: head(SHEET, b"<!DOCTYPE worksheet>"), UNUSUAL),
        refused("document type in UTF-16", utf_16_with_entities, UNUSUAL),
        whole("a comment that speaks of a document type", lambda: head(SHEET, b"<!-- <!DOCTYPE x> -->")),
        whole("an instruction before the root", lambda: head(SHEET, b"<?x y?>\n")),
        refused("sheet in UTF-16", lambda: encoded("utf-16", "UTF-16"), UNUSUAL),
        refused("sheet in UTF-16 without a mark", lambda: encoded("utf-16-le", "UTF-16"), UNUSUAL),
        refused("sheet in UTF-32", lambda: encoded("utf-32", "UTF-32"), UNUSUAL),
        refused("sheet in UTF-7", lambda: encoded("utf-7", "UTF-7"), UNUSUAL),
        refused("sheet in Latin 1", lambda: encoded("latin-1", "ISO-8859-1", text="Aïny"), UNUSUAL),
        refused("sheet in an unknown encoding", lambda: encoded("utf-8", "x-rot13"), UNUSUAL),
        whole("sheet in ASCII that says Latin 1", lambda: encoded("latin-1", "ISO-8859-1")),
        whole("sheet with a byte-order mark", lambda: encoded("utf-8", "UTF-8", b"\xef\xbb\xbf")),
        whole("elements with a prefix", prefixed),
        whole("strict OOXML", lambda: strict(good())),
        Case(
            "error cell in strict OOXML",
            "data.xlsx",
            lambda: strict(changed(OPTIONAL, {"I2": "#REF!"})),
            HELD,
            (0, 1),
            frozenset({"KODE01"}),
        ),
        Case(
            "error cell in a sheet of another folder",
            "data.xlsx",
            reached_by_another_folder,
            HELD,
            (0, 1),
            frozenset({"KODE01"}),
        ),
        refused("one of two sheets is missing", without_second_sheet, DAMAGED),
        refused(
            "a sheet without a relationship",
            lambda: rewritten(RELATIONS, lambda xml: xml.replace(b"rId1", b"rId99")),
            DAMAGED,
        ),
        refused("a missing sheet beside a new error", spilled_and_missing, DAMAGED),
        whole("link to another workbook", lambda: with_link(b"<externalBook/>"), "FILE03", says="berkas lain"),
        refused(
            "link that starts a program", lambda: with_link(b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'), PROGRAM
        ),
        refused("formula that starts a program", lambda: formula(b"cmd|'/c calc'!A0"), PROGRAM),
        refused(
            "formula that starts a program, deeper",
            lambda: formula(b"IF(1,MSEXCEL|'\\..\\cmd.exe /c calc'!A0)"),
            PROGRAM,
        ),
        refused("DDE function", lambda: formula(b'DDE("soffice";"a";"b")'), PROGRAM),
        refused("name that starts a program", lambda: named(b"cmd|'/c calc'!A0"), PROGRAM),
        whole("a bar within a text of a formula", lambda: formula(b'"Budi|"&amp;"a"')),
        whole("link function with its value", lambda: formula(b'HYPERLINK("http://127.0.0.1:9/x","Budi")')),
        refused("broken tag", lambda: rewritten(SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData")), ""),
        refused(
            "sheet that ends within a row", lambda: rewritten(SHEET, lambda xml: xml[: len(xml) * 2 // 3]), DAMAGED
        ),
        refused("corner cell", lambda: far(1_048_576, "XFD"), TOO_BIG),
        refused("corner cell of a hidden sheet", hidden_bomb, TOO_BIG),
        refused("row 99,999,999", lambda: far(99_999_999), TOO_BIG, slow=True),
        # The sheet has no such column or row; where its cells stand is anybody's guess.
        refused("column ZZZZ", lambda: far(5, "ZZZZ"), ""),
        refused("row 0", lambda: far(0), ""),
        whole("formatted rows without end", lambda: formatted_rows(150_000)),
        whole("stray blank in the last row", lambda: far(1_048_576, "A", " ")),
        whole("stray blank in a far column and row", lambda: far(900_000, "X", " "), slow=True),
        whole("stray word beside the table in the last row", lambda: far(1_048_576, "K"), slow=True),
        Case("stray word in the last row", "data.xlsx", lambda: far(1_048_576, "A"), HELD, (3, 1), None, slow=True),
        whole("dimension that lies upwards", lambda: dimension(b"A1:XFD1048576")),
        whole("dimension that lies downwards", lambda: dimension(b"A1:B2")),
        # The reader does not guess what such a program meant elsewhere; nor do we.
        refused("dimension that is nonsense", lambda: dimension(b"A1:B2:C3"), DAMAGED),
        whole("rows from the last to the first", backwards),
        whole("50,000 elements within each other", deep),
        refused("text of 5 MB", lambda: patched(good(), SHEET, b"Budi", b"B" * 5_000_000), TOO_BIG),
        refused("text of 32,768 characters", lambda: patched(good(), SHEET, b"Budi", b"B" * 32_768), TOO_BIG),
        Case(
            "text of 32,767 characters",
            "data.xlsx",
            lambda: patched(good(), SHEET, b"Budi", b"B" * 32_767),
            ACCEPTED,
            (3, 0),
            values={"nama": ["Ahmad", "B" * 32_767, "Siti"]},
        ),
        one_held(
            "new kind of error",
            lambda: patched(changed(PEOPLE, {"C3": "#REF!"}), SHEET, b"#REF!", b"#SPILL!"),
            "TEKS01",
        ),
    ]
)
