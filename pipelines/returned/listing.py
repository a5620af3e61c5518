"""The first sheet of a returned workbook: every problem on one line, errors first."""

from collections.abc import Mapping, Sequence

from pipelines.intake.problems import ERROR, Problem
from pipelines.intake.words import LIST_SHEET
from pipelines.returned.bookpart import Sheet
from pipelines.returned.looks import FIRST_LINE, LOOK_COLUMN
from pipelines.returned.package import MAIN_NAMESPACE
from pipelines.returned.remarks import COLOURS, WORDS, cell_of
from pipelines.returned.styles import Styles, solid
from pipelines.returned.xmltext import escaped

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
EXPLANATION = (
    "Perbaiki sel yang merah, lalu kirim lagi berkas ini. Sel kuning cukup diperiksa.",
    "Sheet ini dan warnanya diabaikan saat berkas dikirim lagi.",
    "Klik alamat pada kolom Sel untuk langsung menuju ke sel itu.",
)
TITLES = f"${FIRST_LINE - 1}:${FIRST_LINE - 1}"  # the row of headings
NOTHING = "Tidak ada yang perlu diperbaiki."
HEADINGS = ("No.", "Salah / Periksa", "Sheet", "Sel", "Kolom", "Apa yang salah dan apa yang harus ditulis")
WIDTHS = (6, 13, 25, 9, 26, 76)
MOST_LINKS = 60_000  # Excel takes 65,530 a sheet
LONGEST = 5_000  # characters of one sentence
LINE_HEIGHT = 15.0


class ListStyles:
    """The cell formats of the list. Text is stored as text ('@'), so that editing it makes no formula either."""

    def __init__(self, styles: Styles) -> None:
        def font(inside: bytes, size: int = 11) -> int:
            return styles.add(b"fonts", b'<font>%s<name val="Calibri"/><family val="2"/></font>' % (inside % size))

        def xf(font: int, fill: int, border: int, alignment: bytes) -> int:
            head = b'<xf numFmtId="49" fontId="%d" fillId="%d" borderId="%d" xfId="0" ' % (font, fill, border)
            applied = b'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            return styles.add(b"cellXfs", head + applied + b"<alignment " + alignment + b"/></xf>")

        black = b'<color rgb="FF000000"/>'
        usual = font(b'<sz val="%d"/>' + black)
        bold = font(b'<b/><sz val="%d"/>' + black)
        white = font(b'<b/><sz val="%d"/><color rgb="FFFFFFFF"/>')
        blue = font(b'<u/><sz val="%d"/><color rgb="FF0563C1"/>')
        edges = b"".join(
            b'<%s style="thin"><color rgb="FFBFBFBF"/></%s>' % (e, e) for e in (b"left", b"right", b"top", b"bottom")
        )
        frame = styles.add(b"borders", b"<border>" + edges + b"<diagonal/></border>")
        dark = styles.add(b"fills", solid("44546A"))
        top, middle = b'horizontal="left" vertical="top" wrapText="1" indent="1"', b'horizontal="center" vertical="top"'
        over = b'horizontal="center" vertical="center" wrapText="1"'
        self.title = xf(font(b'<b/><sz val="%d"/>' + black, 18), 0, 0, b'vertical="center"')
        self.said = xf(font(b'<sz val="%d"/>' + black, 12), 0, 0, b'vertical="center"')
        self.count = xf(font(b'<b/><sz val="%d"/>' + black, 12), 0, 0, b'vertical="center"')
        self.heading = xf(white, dark, frame, over)
        self.text = xf(usual, 0, frame, top)
        self.number = xf(usual, 0, frame, middle)
        self.link = xf(blue, 0, frame, middle)
        self.severity = {
            error: xf(bold, styles.add(b"fills", solid(COLOURS[error])), frame, middle) for error in (True, False)
        }


def list_sheet(problems: Sequence[Problem], sheets: Sequence[Sheet], looks: Mapping[int, int], styles: Styles) -> bytes:
    """The XML of the list. `looks` holds, by number of the list, the format a marked cell had."""
    as_ = ListStyles(styles)
    errors = sum(problem.severity == ERROR for problem in problems)
    counted = f"{errors} salah (merah), {len(problems) - errors} perlu diperiksa (kuning)." if problems else NOTHING
    out = [
        _row(1, [_text("A1", as_.title, LIST_SHEET)], 30),
        *(_row(n, [_text(f"A{n}", as_.said, line)], 20) for n, line in enumerate(EXPLANATION, 2)),
        _row(5, [_text("A5", as_.count, counted)], 22),
        _row(
            FIRST_LINE - 1,
            [_text(f"{'ABCDEF'[n]}{FIRST_LINE - 1}", as_.heading, heading) for n, heading in enumerate(HEADINGS)],
            32,
        ),
    ]
    visible = {sheet.name for sheet in sheets if sheet.cells and sheet.visible}
    links: list[bytes] = []
    for number, problem in enumerate(problems, 1):
        line = FIRST_LINE + number - 1
        linked = problem.sheet in visible and cell_of(problem.cell) is not None and len(links) < MOST_LINKS
        if linked:
            links.append(_link(f"D{line}", problem))
        out.append(_line(line, number, problem, linked, looks.get(number), as_))
    frame = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN_NAMESPACE[1:-1]}"><sheetPr><tabColor rgb="FFC00000"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" tabSelected="1" '
        f'workbookViewId="0"><pane ySplit="{FIRST_LINE - 1}" topLeftCell="A{FIRST_LINE}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="A{FIRST_LINE}" sqref="A{FIRST_LINE}"/></sheetView>'
        f'</sheetViews><sheetFormatPr defaultRowHeight="{LINE_HEIGHT}"/><cols>{_columns()}</cols><sheetData>'
    )
    close = (
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;RHalaman &amp;P dari &amp;N</oddFooter></headerFooter></worksheet>"
    )
    linked_cells = b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b""
    return frame.encode() + b"".join(out) + b"</sheetData>" + linked_cells + close.encode()


def _columns() -> str:
    shown = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(WIDTHS, 1))
    hidden = len(WIDTHS) + 1
    return f'{shown}<col min="{hidden}" max="{hidden}" width="3" hidden="1" customWidth="1"/>'


def _line(line: int, number: int, problem: Problem, linked: bool, look: int | None, as_: ListStyles) -> bytes:
    error = problem.severity == ERROR
    said = f"{problem.message} [{problem.rule}]"[:LONGEST]
    cells = [
        f'<c r="A{line}" s="{as_.number}"><v>{number}</v></c>'.encode(),
        _text(f"B{line}", as_.severity[error], WORDS[error]),
        _text(f"C{line}", as_.text, problem.sheet or "(seluruh berkas)"),
        _text(f"D{line}", as_.link if linked else as_.number, problem.cell or "-"),
        _text(f"E{line}", as_.text, problem.column),
        _text(f"F{line}", as_.text, said),
    ]
    if look is not None:
        cells.append(f'<c r="{LOOK_COLUMN}{line}" s="{look}"/>'.encode())
    texts = zip((problem.sheet, problem.column, said), (WIDTHS[2], WIDTHS[4], WIDTHS[5]), strict=True)
    lines = max(sum(len(part) // width + 1 for part in text.split("\n")) for text, width in texts)
    return _row(line, cells, min(lines * LINE_HEIGHT, 400) + 3)


def _row(number: int, cells: Sequence[bytes], height: float) -> bytes:
    return f'<row r="{number}" ht="{height:g}" customHeight="1">'.encode() + b"".join(cells) + b"</row>"


def _text(address: str, style: int, text: str) -> bytes:
    head = f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'.encode()
    return head + escaped(text) + b"</t></is></c>"


def _link(address: str, problem: Problem) -> bytes:
    """A link within the workbook: a location alone can lead nowhere else."""
    quoted = problem.sheet.replace("'", "''")
    return b'<hyperlink ref="%s" location="%s"/>' % (address.encode(), escaped(f"'{quoted}'!{problem.cell}"))
