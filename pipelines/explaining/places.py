"""Where rows stand, as an officer finds them: file within the inbox, sheet, rows as ranges, letters of columns."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from pipelines.settings import Office
from pipelines.warehouse.identities import NAME
from schemas import datasets


@dataclass(frozen=True)
class Sheet:
    """One sheet of a received file as one dataset; `letters` maps the dataset's columns to letters."""

    file: str
    sheet: str
    dataset: str
    letters: dict[str, str]

    def labelled(self, columns: Iterable[str]) -> dict[str, str]:
        """Letter -> label of those of the columns that the sheet has, in the order of the sheet."""
        specs = datasets()[self.dataset].columns()
        has = [(self.letters[c], specs[c].label) for c in columns if self.letters.get(c)]
        return dict(sorted(has, key=lambda pair: (len(pair[0]), pair[0])))


Sheets = dict[tuple[int, int, str], Sheet]  # by receipt, number of the sheet, dataset


def sheets(connection: duckdb.DuckDBPyConnection, office: Office, period: str) -> Sheets:
    """Every sheet of a period's receipts."""
    rows = connection.execute(
        f"""
        SELECT s.receipt, s.sheet, s.dataset, n.name, s.columns, r.kelurahan, f.path
        FROM sheets AS s JOIN receipts AS r USING (receipt) JOIN {NAME}.files AS f USING (receipt)
        JOIN {NAME}.sheet_names AS n USING (receipt, sheet, dataset) WHERE r.period = $1
        """,
        [period],
    ).fetchall()
    return {
        (receipt, number, dataset): Sheet(
            inbox_path(office, period, kelurahan, path), name, dataset, json.loads(columns or "{}")
        )
        for receipt, number, dataset, name, columns, kelurahan, path in rows
    }


def inbox_path(office: Office, period: str, kelurahan: str, path: str) -> str:
    """The file as it lies in the inbox; a kecamatan office keeps it in its kelurahan's folder."""
    own = kelurahan == office.kelurahan and not (office.places.inbox / period / kelurahan / path).exists()
    return "/".join([period, path] if own else [period, kelurahan, path])


def ranges(numbers: Iterable[int]) -> str:
    """Row numbers in short: `5-32, 34`."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)
