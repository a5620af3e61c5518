"""Tables whose title, sheet name and file name do not say the same RT."""

from pipelines.areas import Address, default_name, rt_code
from pipelines.intake.problems import Problem, problem
from pipelines.intake.sheets import named_by
from pipelines.intake.staged import Part, Source, StagedSheet

OTHER_RT = "{} menyebut {}, tetapi {} tertulis {}. Yang dipakai {}; periksa nomornya."
FILE_NAME, SHEET_NAME, ABOVE, AS_SHEET_NAME = (
    "Nama berkas atau foldernya", "Nama sheet", "di atas tabel", "pada nama sheet",
)  # fmt: skip


def other_rt(source: Source, parts: list[Part]) -> list[Problem]:
    """Tables that say another RT than the file's name: one of the two was mistyped, and a whole RT is at stake.

    A file with several RTs in one dataset may be named after any of them.
    """
    named = source.place
    titles = [
        (part.sheet, title, cell)
        for part in parts
        for title, cell in zip(part.rows.titles, part.rows.title_cells, strict=True)
        if title.rt
    ]
    told = {(sheet.dataset, _number(title.rt), _number(title.rw)) for sheet, title, _ in titles}
    several = len(told) > len({dataset for dataset, _, _ in told})
    in_column = any("rt" in part.sheet.columns for part in parts)
    problems: dict[str, Problem] = {}
    for sheet, title, cell in titles:
        on_sheet, own = named_by(sheet.name), [other for of, other, _ in titles if of.name == sheet.name]
        if "rt" not in sheet.columns and not any(_agree(other, on_sheet) for other in own):
            problems[sheet.name] = _differs(sheet, SHEET_NAME, on_sheet, title, cell)
        elif named.rt and not several and not in_column and not _agree(title, named):
            problems.setdefault(sheet.name, _differs(sheet, FILE_NAME, named, title, cell))
    return list(problems.values())


def _agree(one: Address, other: Address) -> bool:
    """Whether two addresses may be one, as far as both say anything."""
    same_rw = not one.rw or not other.rw or _number(one.rw) == _number(other.rw)
    return not other.rt or (same_rw and _number(one.rt) == _number(other.rt))


def _differs(sheet: StagedSheet, where: str, outside: Address, title: Address, cell: str) -> Problem:
    said, used = (default_name(rt_code("", address), "rt") for address in (outside, title))
    detail = OTHER_RT.format(where, said, ABOVE if cell else AS_SHEET_NAME, used, used)
    return problem("FILE06", sheet=sheet.name, cell=cell, detail=detail)


def _number(text: str | None) -> int:
    return int(text or 0)
