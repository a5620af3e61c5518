"""From files to typed frames: one frame a dataset for a whole batch of files, and every problem with its cell.

Nothing is dropped: each data row of each sheet stands in a frame, its unreadable cells empty and listed as problems.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from pipelines.areas import Register
from pipelines.errors import OfficerError
from pipelines.intake.cells import FOREIGN, column_letters
from pipelines.intake.codes import advised, ours
from pipelines.intake.columns import staged_column
from pipelines.intake.doubts import doubtful
from pipelines.intake.layoutfile import built_in
from pipelines.intake.layouts import Layouts
from pipelines.intake.lists import gone
from pipelines.intake.parsing import Cleaned, Fault, read_whole
from pipelines.intake.placing import Known, place_rows
from pipelines.intake.problems import problem
from pipelines.intake.recognition import recognise_parts
from pipelines.intake.sheets import Places
from pipelines.intake.staged import Batch, Part, Source, StagedFile
from pipelines.intake.workbook import Book
from schemas import datasets
from schemas.kinds import Whole


def stage(
    books: Iterable[tuple[Source, Book | OfficerError]], register: Register, layouts: Layouts | None = None
) -> Batch:
    """Stage a batch of files that were read. `layouts` are ours and those of the office, where it has its own."""
    files: dict[int, StagedFile] = {}
    parts: dict[str, list[Part]] = {name: [] for name in datasets()}
    for source, book in books:
        staged = files[source.number] = StagedFile(source.number)
        if isinstance(book, OfficerError):
            staged.rejected = str(book)
        else:
            for part in recognise_parts(source, book, staged, layouts or built_in()):
                parts[part.sheet.dataset].append(part)
    batch = Batch(files, {}, {number: [] for number in files})
    known: Known = {}
    for name, found in parts.items():
        batch.frames[name] = _frame(name, found, register, known, batch)
    return batch


def _frame(name: str, parts: list[Part], register: Register, known: Known, batch: Batch) -> pd.DataFrame:
    """The typed frame of one dataset over all its sheets."""
    sizes = [len(part.sheet.numbers) for part in parts]

    def of_each_row(values: list[Any], kind: str) -> Any:
        return np.repeat(np.array(values, dtype=kind), sizes)

    numbers = np.concatenate([part.rows.at for part in parts]) + 1 if parts else np.zeros(0, dtype="int64")
    days = [np.datetime64(part.source.period.reference_date) for part in parts]
    columns: dict[str, object] = {
        "file": pd.array(of_each_row([part.source.number for part in parts], "int64"), dtype="Int64"),
        "sheet": pd.array(of_each_row([part.sheet.number for part in parts], "int64"), dtype="Int64"),
        "row": pd.array(numbers.astype("int64"), dtype="Int64"),
        "area": pd.array(place_rows(parts, register, known, batch), dtype="str"),
        "reference_date": of_each_row(days, "datetime64[ns]"),
    }
    for column, spec in datasets()[name].columns().items():
        words, which = _texts(parts, sizes, column, batch)
        columns[column], faulty = staged_column(spec, words, which)
        if faulty:
            _report(parts, sizes, column, words, which, faulty, batch)
    for part in parts:
        _uneven_rows(part, batch)
        batch.problems[part.source.number] += [(part.sheet.number, name, entry) for entry in gone(part)]
        _stated_sums(part, batch)
    return pd.DataFrame(columns, copy=False)


def _texts(parts: list[Part], sizes: list[int], column: str, batch: Batch) -> tuple[list[str], Places]:
    """A column over all sheets: its texts, and for each row the number of its text.

    Codes of a foreign layout are put into ours. A sheet that lacks the column has empty texts. What another answer of
    the sheet puts in doubt is marked, so that it is held.
    """
    words = [""]
    starts, which = [], []
    for part, size in zip(parts, sizes, strict=True):
        place = part.sheet.columns.get(column)
        if place is None:
            starts.append(0)
            which.append(np.zeros(size, dtype=np.uintc))
            continue
        texts = part.texts(place)
        starts.append(len(words))
        which.append(np.frombuffer(texts.numbers, dtype=np.uintc)[part.rows.at])
        codes = part.codes(column)
        written = [ours(codes, text) for text in texts.words] if codes else texts.words
        words += _certain(part, column, written, batch)
    if not parts:
        return words, np.zeros(0, dtype=np.intp)
    return words, np.repeat(np.array(starts, dtype=np.intp), sizes) + np.concatenate(which)


def _certain(part: Part, column: str, words: list[str], batch: Batch) -> list[str]:
    """The texts of a column, those in doubt marked; the sender is told why."""
    spec = datasets()[part.sheet.dataset].columns()[column]
    doubted, why = doubtful(spec.kind, words)
    if not doubted:
        return words
    entry = problem("FILE04", sheet=part.sheet.name, detail=why.format(spec.label))
    batch.problems[part.source.number].append((part.sheet.number, part.sheet.dataset, entry))
    return [FOREIGN + word if word in doubted else word for word in words]


def _report(
    parts: list[Part],
    sizes: list[int],
    column: str,
    words: list[str],
    which: Places,
    faulty: dict[str, Fault | Cleaned],
    batch: Batch,
) -> None:
    """Turn every occurrence of a faulty text into a problem at its cell."""
    ends = np.cumsum(sizes)
    marks = np.fromiter(map(faulty.__contains__, words), dtype=bool, count=len(words))
    for position in np.flatnonzero(marks[which]).tolist():
        fault = faulty[words[which[position]]]
        number = int(np.searchsorted(ends, position, side="right"))
        part, index = parts[number], position - (int(ends[number]) - sizes[number])
        if column in part.sheet.columns:
            if isinstance(fault, Cleaned):
                fault = Fault("ID06")
            elif part.codes(column):
                fault = advised(fault, datasets()[part.sheet.dataset].columns()[column].kind)
            part.note(batch, index, column, fault)


def _uneven_rows(part: Part, batch: Batch) -> None:
    """CSV rows with more or fewer cells than the others: a cell may stand in the wrong column."""
    for index, number in enumerate(part.sheet.numbers if part.rows.uneven else ()):
        if number in part.rows.uneven:
            cells = part.rows.uneven[number]
            detail = f"Baris ini berisi {cells} kolom, tidak sama dengan baris lain. Periksa tanda pemisahnya."
            part.note(batch, index, next(iter(part.sheet.columns)), Fault("FILE02", detail))


def _stated_sums(part: Part, batch: Batch) -> None:
    """A total row that is not the sum of the RTs above. Several total rows may be sub-totals and are left alone."""
    dataset = datasets()[part.sheet.dataset]
    if dataset.about().grain != "rt" or len(part.rows.totals) != 1:
        return
    number, cells = part.rows.totals[0]
    for column, place in part.sheet.columns.items():
        spec = dataset.columns()[column]
        stated = read_whole(cells[place]) if isinstance(spec.kind, Whole) else None
        texts = part.texts(place)
        counts = [read_whole(texts[at]) for at in part.rows.at.tolist()]
        summed = sum(count for count in counts if isinstance(count, int))
        if isinstance(stated, int) and stated != summed:
            entry = problem(
                "REK03",
                sheet=part.sheet.name,
                row=number,
                cell=f"{column_letters(place)}{number}",
                label=spec.label,
                value=str(stated),
                detail=f"berjumlah {summed}",
            )
            batch.problems[part.source.number].append((part.sheet.number, part.sheet.dataset, entry))
