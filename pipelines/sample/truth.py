"""`truth.json`: what the sample really holds. Its lists wait on disk, so that nothing piles up in memory."""

import json
import shutil
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO

from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines.replacing import move_file
from pipelines.sample.counts import Clean
from pipelines.sample.rows import Fault
from pipelines.sample.sheets import Grid

HIDDEN_SHEET = "FILE01"
LISTS = ("mistakes", "consequences", "remarks")


class Truth:
    """Collects mistakes with their addresses, data rows by dataset, and the counts of the village.

    Keys: `period`, `seed`, `clean`, `rows`, `mistakes`; `consequences` are findings that follow from a
    mistake elsewhere (a held resident leaves his other rows waiting), `remarks` what is odd but no mistake.
    The file appears when all is written; until then an unfinished one marks the home as a sample.
    """

    def __init__(self, path: Path, period: str, seed: int) -> None:
        self.clean = Clean()
        self._rows: Counter[str] = Counter()
        self._head = {"period": period, "seed": seed}
        self._path = path
        self._open = ExitStack()
        self._lists: dict[str, IO[str]] = {}
        unfinished(path).touch()

    def __enter__(self) -> "Truth":
        for name in LISTS:
            self._lists[name] = self._open.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._open:
            if error is None:
                self._write()

    def add(self, file: str, grid: Grid) -> None:
        """Record one sheet of a file that has been written; `file` is relative to the inbox."""
        sheet = _sheet(file, grid)
        if grid.hidden:
            hidden = Fault(None, HIDDEN_SHEET, "sheet tersembunyi berisi coretan")
            self._add("remarks", file, sheet, None, hidden)
        if grid.dataset:
            self._rows[grid.dataset] += grid.rows
        for fault, row, column in grid.faults:
            name = "consequences" if fault.follows else "mistakes"
            self._add(name, file, sheet, xl_rowcol_to_cell(row, column), fault)

    def add_missing(self, file: str, grid: Grid, fault: Fault) -> None:
        """Record somebody who ought to stand in a sheet and does not: such a mistake has no cell."""
        self._add("mistakes", file, _sheet(file, grid), None, fault)

    def _add(self, name: str, file: str, sheet: str, cell: str | None, fault: Fault) -> None:
        entry = {
            "file": file,
            "sheet": sheet,
            "cell": cell,
            "column": fault.column,
            "rule": fault.rule,
            "severity": fault.severity,
            "what": fault.what,
        }
        lines = self._lists[name]
        lines.write(",\n" if lines.tell() else "\n")
        lines.write(json.dumps(entry, ensure_ascii=False))

    def _write(self) -> None:
        clean = {code: self.clean.by_area[code] for code in sorted(self.clean.by_area)}
        head = self._head | {"clean": clean, "rows": dict(sorted(self._rows.items()))}
        part = unfinished(self._path)
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(head, indent=1).removesuffix("\n}"))
            for name, lines in self._lists.items():
                file.write(f',\n "{name}": [')
                lines.seek(0)
                shutil.copyfileobj(lines, file)
                file.write("\n ]")
            file.write("\n}\n")
        move_file(part, self._path)


def unfinished(path: Path) -> Path:
    """Where a truth is kept that is not complete yet."""
    return path.with_name(f"{path.name}.part")


def _sheet(file: str, grid: Grid) -> str:
    """The name of a sheet; a CSV file has none but its own."""
    return Path(file).stem if file.endswith(".csv") else grid.name
