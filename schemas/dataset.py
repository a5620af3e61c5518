"""The vocabulary of a dataset: columns, rules, and the class from which everything else is derived.

A dataset is a pandera `DataFrameModel`: one attribute a column, one method a rule. Heading recognition, parsing,
validation, the DuckDB table, the officer's sentences and MS-Var all come from it; nothing about a column is said twice.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.kinds import Kind, Nik, Place, Text
from schemas.meaning import Meaning

SCHEMAS = Path(__file__).parent
KEYS = {"nik": "person_key", "no_kk": "family_key"}  # what figures are counted by in place of a number of somebody
ISSUED = "nik_terbit"  # of a NIK figures know besides whether it has been issued
TELLS_APART = 3  # columns of personal data beside the identity that tell two people apart


@dataclass(frozen=True)
class Column:
    """One column as the field knows it. `sensitivity` is `umum`, `pribadi` or `spesifik` (UU 27/2022 art. 4)."""

    label: str
    kind: Kind
    description: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    default: Any = None
    sensitivity: str = "umum"
    shared: bool = False  # a key or place that several datasets have: alone it never identifies one
    means: Meaning | None = None  # what MS-Var says of it; every dataset of ours has one


@dataclass(frozen=True)
class Rule:
    """A rule of `rules.toml`: severity, the sentence an officer reads, and what to tell an RT that breaks it often."""

    code: str
    severity: str
    sentence: str
    advice: str


@dataclass(frozen=True)
class RowRule:
    """Where a rule over whole rows marks its cell, and what it adds to the sentence."""

    code: str
    at: str
    detail: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its stable code, read from `schemas/rules.toml`."""
    entries = tomllib.loads((SCHEMAS / "rules.toml").read_text(encoding="utf-8"))
    return {code: Rule(code, **entry) for code, entry in entries.items()}


def column(
    label: str,
    kind: Kind,
    description: str,
    synonyms: tuple[str, ...] = (),
    *,
    required: bool = False,
    default: Any = None,
    sensitivity: str = "umum",
    shared: bool = False,
    means: Meaning | None = None,
) -> Any:
    """Declare a column. Every cell may be empty in the staged frame; `required` holds the row instead."""
    spec = Column(label, kind, description, synonyms, required, default, sensitivity, shared, means)
    return pa.Field(
        nullable=True,
        title=label,
        description=description,
        metadata={"column": spec},
        **kind.bounds(),
    )


def rule(code: str, at: str, detail: str = "") -> Callable[[Callable[..., pd.Series]], Any]:
    """Declare a rule over whole rows: the method returns True where a row keeps it.

    `at` names the column whose cell is marked, `detail` fills the sentence's {detail}.
    """

    def declare(check: Callable[..., pd.Series]) -> Any:
        # No row is all empty, so none need be looked for before each rule: that cost as much as the rules themselves.
        return pa.dataframe_check(
            name=check.__name__, error=f"{code}@{check.__name__}", title=at, description=detail, ignore_na=False
        )(check)

    return declare


@dataclass(frozen=True)
class About:
    """What a dataset is: `grain` is the unit of a row, `identity` the column that names one unit of a village,
    `register` the dataset that comes before this recap, `order` its place in templates and tables."""

    name: str
    title: str
    order: int
    grain: str
    identity: str
    register: str | None = None


class Dataset(pa.DataFrameModel):
    """Base of every dataset: where a row stands, and the day at which its ages are taken."""

    file: pd.Int64Dtype = pa.Field()
    sheet: pd.Int64Dtype = pa.Field()
    row: pd.Int64Dtype = pa.Field()
    area: str = pa.Field(nullable=True)
    reference_date: np.dtype("datetime64[s]") = pa.Field()  # type: ignore[valid-type]

    _about: ClassVar[About]

    class Config:
        strict = True
        coerce = False

    def __init_subclass__(cls, **about: Any) -> None:
        cls._about = About(**about)
        # The kind of a column gives its type, so a dataset never states it twice.
        for attribute, field in list(vars(cls).items()):
            spec = (getattr(field, "metadata", None) or {}).get("column")
            if isinstance(spec, Column):
                cls.__annotations__[attribute] = spec.kind.dtype
        super().__init_subclass__()  # type: ignore[no-untyped-call]

    @classmethod
    def about(cls) -> About:
        """The dataset's name, title, grain and identity."""
        return cls._about

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The declared columns in order, without the technical ones."""
        return _columns(cls)

    @classmethod
    def stored(cls) -> dict[str, str]:
        """Declared column -> the column from which figures are counted. What only says who somebody is has none.

        Of a text with a list only the listed values are kept there, of a number of somebody its pseudonym.
        """
        return {
            name: KEYS.get(name, f"{name}_key") if spec.kind.pseudonym else name
            for name, spec in cls.columns().items()
            if not spec.kind.identifies or spec.kind.pseudonym or (isinstance(spec.kind, Text) and spec.kind.codes)
        }

    @classmethod
    def declared(cls) -> dict[str, str]:
        """The columns from which figures are counted -> the declared column that each comes from."""
        issued = [(ISSUED, name) for name, c in cls.columns().items() if isinstance(c.kind, Nik) and name in KEYS]
        return {kept: name for name, kept in cls.stored().items()} | dict(issued)

    @classmethod
    def key(cls) -> str:
        """The column by which figures tell one unit from another."""
        return cls.stored()[cls._about.identity]

    @classmethod
    def row_rules(cls) -> dict[str, RowRule]:
        """The rules over whole rows by the name pandera reports; rules of the base mark the identity column."""
        return {
            check.error: RowRule(check.error.split("@")[0], check.title or cls._about.identity, check.description)
            for check in cls.to_schema().checks
        }

    @rule("DUP01", at="")
    def one_row_a_unit(cls, frame: pd.DataFrame) -> pd.Series:
        """Rows of one RT that share their identity but differ: all are held, for nobody can know which is right."""
        rows = frame[cls._sharing(frame) & frame[cls._about.identity].notna()]
        copies = rows.duplicated(["file", "area", *cls.told()], keep="first")
        differing = rows[~copies].duplicated(cls.unit(), keep=False)
        held = rows[~copies].index[differing]
        return pd.Series(~frame.index.isin(held), index=frame.index)

    @rule("DUP05", at="")
    def no_copied_row(cls, frame: pd.DataFrame) -> pd.Series:
        """The same row twice in a workbook counts once."""
        rows = frame[cls._sharing(frame)]
        copies = rows.index[rows.duplicated(["file", "area", *cls.told()], keep="first")]
        return pd.Series(~frame.index.isin(copies), index=frame.index)

    @classmethod
    def _sharing(cls, frame: pd.DataFrame) -> pd.Series:
        """The few rows that are worth comparing: placed ones whose unit another row has too.

        Without a NIK two namesakes may well give the same answers: such rows are compared only where the dataset
        tells people apart by more than their names.
        """
        identity = frame[cls._about.identity]
        # Most rows are told apart by their identity alone, which is looked at before the rest of the unit.
        alike = frame.loc[identity.duplicated(keep=False), [*cls.unit()]]
        shared = pd.Series(False, index=frame.index)
        shared.loc[alike.index] = alike["area"].notna() & alike.duplicated(keep=False)
        personal = [n for n, c in cls.columns().items() if c.sensitivity == "pribadi" and n != cls._about.identity]
        return shared if len(personal) >= TELLS_APART else shared & identity.notna()

    @classmethod
    def unit(cls) -> list[str]:
        """What names one unit within a file. An RT written `5` and `005` is one, so its area stands for it."""
        return ["file", "area"] + [c for c in (cls._about.identity,) if c not in cls.places()]

    @classmethod
    def told(cls) -> list[str]:
        """The columns that tell one row from another; the area stands for the places as they were written."""
        return [name for name in cls.columns() if name not in cls.places()]

    @classmethod
    def places(cls) -> set[str]:
        """The columns that say where a row lives."""
        return _places(cls)


@cache
def _columns(dataset: type[Dataset]) -> dict[str, Column]:
    return {name: c.metadata["column"] for name, c in dataset.to_schema().columns.items() if c.metadata}


@cache
def _places(dataset: type[Dataset]) -> set[str]:
    return {name for name, column in _columns(dataset).items() if isinstance(column.kind, Place)}
