"""What the officer sees: colours, notes and the list."""

from pipelines.returned.mark import mark_workbook
from tests.intake.workbooks import packed, unpacked
from tests.returned.books import RED, SHEET, colours, error, notes, opened, rich_openpyxl, rich_xlsxwriter, warning


def test_a_marked_cell_keeps_its_other_formats() -> None:
    before = opened(rich_openpyxl())[SHEET]["A3"]
    after = opened(mark_workbook(rich_openpyxl(), "a.xlsx", [error("A3")]))[SHEET]["A3"]
    for name in ("font", "border", "number_format", "alignment", "protection"):
        assert repr(getattr(after, name)) == repr(getattr(before, name))
    assert after.fill.fgColor.rgb == RED


def test_problems_of_one_cell_are_joined_and_an_error_outranks_a_warning() -> None:
    marked = mark_workbook(rich_openpyxl(), "a.xlsx", [warning("A5"), error("A5"), warning("A6")])
    assert colours(marked) == {"A5": "red", "A6": "yellow"}
    assert notes(marked)["A5"] == (
        "== CANTIK: SALAH ==\nID01: NIK salah. Tulis 16 angka.\nID02: NIK tidak cocok. Periksa.\n"
        "(Perbaiki dulu no. 1, 2)"
    )


def test_a_note_of_the_sender_stays_above_ours() -> None:
    marked = mark_workbook(rich_openpyxl(), "a.xlsx", [error("A2")])
    assert notes(marked)["A2"].startswith("Catatan Pak RT\n== CANTIK: SALAH ==\nID01: ")
    assert notes(marked)["B3"] == "Jangan dihapus"


def test_a_threaded_comment_is_left_alone() -> None:
    parts = unpacked(rich_openpyxl())
    part = next(name for name in parts if "comment" in name and name.endswith(".xml"))
    content = packed({**parts, part: parts[part].replace(b"<author>Pak RT", b"<author>tc={1-2}")})
    marked = mark_workbook(content, "a.xlsx", [error("A2")])
    assert notes(marked)["A2"] == "Catatan Pak RT"
    assert colours(marked) == {"A2": "red"}


def test_a_problem_within_a_merged_range_marks_the_cell_that_shows() -> None:
    marked = mark_workbook(rich_openpyxl(), "a.xlsx", [error("B7")])
    assert colours(marked) == {"B6": "red"}
    assert "B6" in notes(marked)


def test_cells_and_rows_that_were_not_there_are_made() -> None:
    wanted = [error(cell) for cell in ("A1", "C2", "Z2", "AB40", "B300")]
    marked = mark_workbook(rich_xlsxwriter(), "a.xlsx", wanted)
    assert set(colours(marked)) == {"A1", "C2", "Z2", "AB40", "B300"}


def test_an_empty_sheet_can_be_marked() -> None:
    parts = unpacked(rich_xlsxwriter("Isi"))
    xml = parts["xl/worksheets/sheet2.xml"]
    empty = xml[: xml.index(b"<sheetData>")] + b"<sheetData/>" + xml[xml.index(b"</sheetData>") + 12 :]
    marked = mark_workbook(packed({**parts, "xl/worksheets/sheet2.xml": empty}), "a.xlsx", [error("B2", "Kode")])
    assert colours(marked, "Kode") == {"B2": "red"}
    assert list(notes(marked, "Kode")) == ["B2"]


def test_the_list_has_every_problem_errors_first_with_links() -> None:
    problems = [
        warning("A4"),
        error("A8"),
        error("A3"),
        error("", "", rule="FILE02", message="Berkas salah."),
        error("Q9", "Hilang"),
    ]
    sheet = opened(mark_workbook(rich_openpyxl(), "a.xlsx", problems))["Perbaiki dulu"]
    lines = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=8)]
    assert [(line[0], line[1], line[3]) for line in lines] == [
        (1, "Salah", "-"),
        (2, "Salah", "Q9"),
        (3, "Salah", "A3"),
        (4, "Salah", "A8"),
        (5, "Periksa", "A4"),
    ]
    assert lines[0][5] == "Berkas salah. [FILE02]"
    assert sheet["D10"].hyperlink.location == "'Data RT'!A3"
    assert sheet["D10"].hyperlink.target is None
    assert sheet["D8"].hyperlink is None
    assert sheet["D9"].hyperlink is None
    assert sheet["A2"].value.startswith("Perbaiki sel yang merah, lalu kirim lagi berkas ini.")
    assert sheet["A5"].value == "4 salah (merah), 1 perlu diperiksa (kuning)."


def test_a_file_without_problems_says_so() -> None:
    sheet = opened(mark_workbook(rich_openpyxl(), "a.xlsx", []))["Perbaiki dulu"]
    assert sheet["A5"].value == "Tidak ada yang perlu diperbaiki."
