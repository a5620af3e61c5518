"""The kinds of column a village spreadsheet has. A kind says how a cell is read, typed, stored and checked.

Kinds are declarations only: `pipelines.intake.parsing` turns a cell's text into a value of the kind.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Kind:
    """What a column holds. `dtype` is the pandas type of the staged frame, `sql` the DuckDB column."""

    dtype: ClassVar[Any]
    sql: ClassVar[str]
    unreadable: ClassVar[str]  # the rule a filled cell breaks when it cannot be read
    identifies: ClassVar[bool] = False  # may say who a row is about, so that its text is kept apart from the figures
    pseudonym: ClassVar[bool] = False  # a number of somebody: what is counted carries a key in its place

    def bounds(self) -> dict[str, Any]:
        """Range checks that pandera applies to the typed column."""
        return {}


@dataclass(frozen=True)
class Text(Kind):
    """Free text, kept as written but for surrounding blanks and invisible characters."""

    codes: str | None = None  # a list whose codes and synonyms are recognised; other text stays as it is
    dtype: ClassVar[Any] = str
    sql: ClassVar[str] = "VARCHAR"
    unreadable: ClassVar[str] = "TEKS01"
    identifies: ClassVar[bool] = True


@dataclass(frozen=True)
class Nik(Kind):
    """A national identity number: 16 digits kept as text; `0` means not yet issued and is staged as empty."""

    dtype: ClassVar[Any] = str
    sql: ClassVar[str] = "VARCHAR"
    unreadable: ClassVar[str] = "ID01"
    identifies: ClassVar[bool] = True
    pseudonym: ClassVar[bool] = True


@dataclass(frozen=True)
class FamilyCard(Kind):
    """A family card number (KK): 16 digits kept as text."""

    dtype: ClassVar[Any] = str
    sql: ClassVar[str] = "VARCHAR"
    unreadable: ClassVar[str] = "ID04"
    identifies: ClassVar[bool] = True
    pseudonym: ClassVar[bool] = True


@dataclass(frozen=True)
class Date(Kind):
    """A calendar day, day before month always."""

    dtype: ClassVar[Any] = np.dtype("datetime64[s]")
    sql: ClassVar[str] = "DATE"
    unreadable: ClassVar[str] = "TGL01"


@dataclass(frozen=True)
class Code(Kind):
    """One code of a list in `schemas/codes/<codes>.csv`."""

    codes: str = ""
    dtype: ClassVar[Any] = pd.Int64Dtype
    sql: ClassVar[str] = "SMALLINT"
    unreadable: ClassVar[str] = "KODE01"


@dataclass(frozen=True)
class Letter(Kind):
    """One letter of a list in `schemas/codes/<codes>.csv` (KBLI sections)."""

    codes: str = ""
    dtype: ClassVar[Any] = str
    sql: ClassVar[str] = "VARCHAR"
    unreadable: ClassVar[str] = "KODE01"


@dataclass(frozen=True)
class YesNo(Kind):
    """Ya or Tidak."""

    codes: ClassVar[str] = "ya_tidak"
    dtype: ClassVar[Any] = pd.BooleanDtype
    sql: ClassVar[str] = "BOOLEAN"
    unreadable: ClassVar[str] = "KODE01"


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number within a range."""

    at_least: int = 0
    at_most: int | None = None
    dtype: ClassVar[Any] = pd.Int64Dtype
    sql: ClassVar[str] = "BIGINT"
    unreadable: ClassVar[str] = "ANGKA01"

    def bounds(self) -> dict[str, Any]:
        return {"ge": self.at_least} | ({} if self.at_most is None else {"le": self.at_most})


@dataclass(frozen=True)
class Amount(Kind):
    """A number with at most two decimals: rupiah, square metres."""

    at_least: float = 0
    dtype: ClassVar[Any] = float
    sql: ClassVar[str] = "DECIMAL(18,2)"
    unreadable: ClassVar[str] = "ANGKA01"

    def bounds(self) -> dict[str, Any]:
        return {"ge": self.at_least}


@dataclass(frozen=True)
class Place(Kind):
    """A part of an address: `rt`, `rw` or `dusun`. The text of one cell may state several parts at once."""

    part: str = "rt"
    dtype: ClassVar[Any] = str
    sql: ClassVar[str] = "VARCHAR"
    unreadable: ClassVar[str] = "GEO04"
    identifies: ClassVar[bool] = True
