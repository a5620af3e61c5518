"""The zip package: bombs, lies about sizes, parts that hide, parts that are missing, broken copies."""

import io
import zipfile
from random import Random

from tests.intake.workbooks import PEOPLE, SHEET, Table, packed, saved, unpacked, workbook, xlsx

from .case import DAMAGED, TOO_BIG, UNUSUAL, WHOLE, Case, refused, unique, whole
from .zips import MEGABYTE, STORED, Entry, archive, entries, exploding, tampered

STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
OTHERS: Table = [PEOPLE[0], [*PEOPLE[1][:2], "Orang Lain", *PEOPLE[1][3:]]]
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BLANKS = b" " * MEGABYTE


def good() -> bytes:
    return xlsx(PEOPLE)


def of_sheet(xml: bytes) -> tuple[bytes, bytes]:
    """The sheet's XML up to its rows and from them on."""
    before, mark, after = xml.partition(b"<sheetData>")
    return before + mark, after


def blank_bomb(times: int, size: int | None = None) -> bytes:
    head, tail = of_sheet(unpacked(good())[SHEET])
    return exploding(SHEET, head, BLANKS, times, tail, size=size)


def many_cells() -> bytes:
    head, tail = of_sheet(unpacked(good())[SHEET])
    return exploding(SHEET, head, b"<row>" + b'<c t="n"><v>1</v></c>' * 40_000 + b"</row>", 600, tail)


def many_strings() -> bytes:
    head = b"<sst " + MAIN + b">"
    return exploding(STRINGS, head, b"<si><t>a</t></si>" * 50_000, 640, b"</sst>")


def one_string() -> bytes:
    return exploding(STRINGS, b"<sst " + MAIN + b"><si><t>", b"A" * MEGABYTE, 1024, b"</t></si></sst>")


def many_styles() -> bytes:
    return exploding(STYLES, b"<styleSheet " + MAIN + b"><cellXfs>", b'<xf numFmtId="0"/>' * 50_000, 22, b"</cellXfs>")


def padded(blanks: int) -> bytes:
    """A good workbook whose sheet holds this many blanks between two tags."""
    head, tail = of_sheet(unpacked(good())[SHEET])
    return packed({**unpacked(good()), SHEET: head + b" " * blanks + tail})


def many_parts(more: int, each: bytes = b"<a/>") -> bytes:
    return archive([*entries(good()), *(Entry(f"xl/media/x{n}.xml", each, STORED) for n in range(more))])


def sum_of_parts() -> bytes:
    """Each part is small enough to be believed; together they are half a gigabyte and more."""
    return archive([*entries(good()), *(Entry(f"xl/x{n}.xml", b" " * 9_400_000) for n in range(60))])


def with_part(name: str, data: bytes = b"<a/>") -> bytes:
    return archive([*entries(good()), Entry(name, data)])


def shared() -> bytes:
    """Two names for the same bytes."""
    parts = entries(good())
    at = next(n for n, entry in enumerate(parts) if entry.name == SHEET)
    again = Entry("xl/worksheets/sheet9.xml", parts[at].data, at=at)
    return archive([*parts, again])


def nested() -> bytes:
    """A part whose packed bytes reach over the next one, as in the bombs that fill gigabytes from kilobytes."""
    parts = entries(good())
    parts[0].packed = parts[0].stored()
    content = archive(parts)
    at = content.index(b"PK\x01\x02")
    longer = int.from_bytes(content[at + 20 : at + 24], "little") + 400
    return content[: at + 20] + longer.to_bytes(4, "little") + content[at + 24 :]


def sheets(many: int) -> bytes:
    return saved(workbook({"Data": PEOPLE, **{f"S{n}": [] for n in range(many - 1)}}))


def flipped(part: str) -> bytes:
    content = archive(entries(good()))
    at = content.index(part.encode()) + len(part) + 60
    return content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]


def compressed_by(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, part in unpacked(good()).items():
            package.writestr(name, part)
    return out.getvalue()


class _Pipe(io.RawIOBase):
    """A stream that cannot go back, so that sizes follow the parts."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.content += bytes(data)  # type: ignore[call-overload]
        return len(data)  # type: ignore[arg-type]


def streamed() -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in unpacked(good()).items():
            package.writestr(name, part)
    return pipe.content


def zip64() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in unpacked(good()).items():
            with package.open(name, "w", force_zip64=True) as entry:
                entry.write(part)
    return out.getvalue()


def cut(share: float) -> bytes:
    content = good()
    return content[: int(len(content) * share)]


def strange_names(change: object) -> bytes:
    return packed({change(name): part for name, part in unpacked(good()).items()})  # type: ignore[operator]


CASES: list[Case] = unique(
    [
        refused("one shared string of 1 GiB", one_string, TOO_BIG),
        refused("many shared strings, 544 MiB", many_strings, TOO_BIG),
        refused("1 GiB of blanks in a sheet", lambda: blank_bomb(1024), TOO_BIG),
        refused("24 million cells in a small file", many_cells, TOO_BIG),
        refused("a million styles in a small file", many_styles, TOO_BIG),
        refused("60 parts of 9 MB", sum_of_parts, TOO_BIG, slow=True),
        refused("300 MiB that claim to be 3 kB", lambda: blank_bomb(300, 3000), DAMAGED),
        refused("2 GiB that claim to be 9 MB", lambda: blank_bomb(2048, 9_000_000), DAMAGED),
        refused("a sheet that claims to be 10 bytes", lambda: tampered(SHEET, size=10), DAMAGED),
        refused("a sheet that claims to be longer than it is", lambda: tampered(SHEET, size=9999), DAMAGED),
        whole("9 MB of blanks, as careless programs write", lambda: padded(9_000_000)),
        refused("two names for the same bytes", shared, UNUSUAL),
        refused("a part that reaches over the next", nested, UNUSUAL),
        refused(
            "a part whose own header bears another name",
            lambda: tampered(SHEET, own_name="xl/worksheets/sheetX.xml"),
            UNUSUAL,
        ),
        refused("20,000 parts", lambda: many_parts(20_000), TOO_BIG),
        refused("3,001 parts", lambda: many_parts(3_001 - len(unpacked(good()))), TOO_BIG),
        whole("2,900 more parts", lambda: many_parts(2_900)),
        refused("500 sheets", lambda: sheets(500), TOO_BIG, slow=True),
        refused("201 sheets", lambda: sheets(201), TOO_BIG),
        whole("200 sheets", lambda: sheets(200)),
        refused("a part that climbs out", lambda: with_part("../../evil.xml"), UNUSUAL),
        refused("a part that climbs out within", lambda: with_part("xl/../../evil.xml"), UNUSUAL),
        refused("a part that climbs out with backslashes", lambda: with_part("xl\\..\\..\\evil.exe"), UNUSUAL),
        refused("a part at the root", lambda: with_part("/etc/cron.d/evil"), UNUSUAL),
        refused("a part on a drive", lambda: with_part("C:\\Windows\\evil.dll"), UNUSUAL),
        refused("two sheets under one name", lambda: with_part(SHEET, unpacked(xlsx(OTHERS))[SHEET]), UNUSUAL),
        refused(
            "two sheets under names that differ in case",
            lambda: with_part(SHEET.upper(), unpacked(xlsx(OTHERS))[SHEET]),
            UNUSUAL,
        ),
        whole("parts named with backslashes", lambda: strange_names(lambda n: n.replace("/", "\\"))),
        whole("parts named in capitals", lambda: strange_names(str.upper)),
        refused("0 bytes", lambda: b"", "kosong"),
        refused("zeros after a power cut", lambda: bytes(20_000), "nol"),
        refused("the first third of a file", lambda: cut(1 / 3), DAMAGED),
        refused("nine tenths of a file", lambda: cut(0.9), DAMAGED),
        refused("all but the last byte", lambda: good()[:-1], DAMAGED),
        refused("the last third are zeros", lambda: cut(2 / 3) + bytes(len(good()) // 3), DAMAGED),
        refused("only the four first bytes", lambda: b"PK\x03\x04", DAMAGED),
        refused("random bytes that start as a zip", lambda: b"PK\x03\x04" + Random(1).randbytes(9000), DAMAGED),
        refused("random bytes", lambda: Random(2).randbytes(9000), "bukan workbook"),
        refused("a damaged byte in the sheet", lambda: flipped(SHEET), DAMAGED),
        refused("a damaged byte in the styles", lambda: flipped(STYLES), DAMAGED),
        refused("a wrong checksum of the sheet", lambda: tampered(SHEET, crc=1), DAMAGED),
        refused("a wrong checksum of the styles", lambda: tampered(STYLES, crc=1), DAMAGED),
        refused("a wrong checksum of a part that nobody reads", lambda: tampered("docProps/app.xml", crc=1), DAMAGED),
        whole("a comment of 60 kB", lambda: archive(entries(good()), comment=b"x" * 60_000)),
        # Every part is whole and its checksum fits: rows cannot have changed, so the junk is no reason to send it back.
        whole("100 bytes of junk behind", lambda: archive(entries(good()), tail=b"x" * 100)),
        refused("junk before", lambda: b"junk" + good(), "bukan workbook"),
        refused("parts with a password", lambda: tampered(SHEET, flags=0x801), "kata sandi"),
        refused("packed as bzip2", lambda: compressed_by(zipfile.ZIP_BZIP2), DAMAGED),
        refused("packed as LZMA", lambda: compressed_by(zipfile.ZIP_LZMA), DAMAGED),
        whole("not packed at all", lambda: compressed_by(zipfile.ZIP_STORED)),
        whole("sizes behind the parts", streamed),
        whole("64-bit sizes", zip64),
        whole("folders as parts", lambda: packed({"xl/": b"", "xl/worksheets/": b"", **unpacked(good())})),
        refused("a workbook in a zip", lambda: packed({"RT 005.xlsx": good()}), "arsip"),
        refused("an empty zip", lambda: b"PK\x05\x06" + bytes(18), "bukan workbook"),
        refused(
            "a Word document",
            lambda: packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
            "bukan workbook",
        ),
        refused(
            "an animation program in the place of the sheet",
            lambda: packed({**unpacked(good()), SHEET: b"MZ" + Random(3).randbytes(3000)}),
            "",
        ),
    ]
)
assert WHOLE["nama"] == [row[2] for row in PEOPLE[1:]]
