"""What a dropdown offers: the labels of a code list, in words that intake reads back as their codes."""

from dataclasses import dataclass

from schemas import datasets
from schemas.codelists import Entry, code_list
from schemas.dataset import Column, Dataset
from schemas.kinds import Code, Kind, Letter, Text, YesNo

LONGEST_INLINE = 255  # characters of a list that Excel keeps within the rule itself


@dataclass(frozen=True)
class Choices:
    """One code list as a dropdown; `closed` lets nothing else in."""

    name: str
    offered: dict[str, str]  # code -> what the officer chooses
    closed: bool

    @property
    def inline(self) -> bool:
        """Whether the rule itself can hold the list: a comma in a label would split it."""
        words = list(self.offered.values())
        return len(",".join(words)) <= LONGEST_INLINE and not any("," in word for word in words)

    @property
    def defined_name(self) -> str:
        """The workbook's name of the cells that hold the list."""
        return f"daftar_{self.name}"


def choices_of(kind: Kind) -> Choices | None:
    """The dropdown of a column, None where it has no list. A text with a list accepts other words too."""
    if isinstance(kind, Code | Letter | YesNo):
        return Choices(kind.codes, {e.code: _word(e, kind) for e in code_list(kind.codes)}, closed=True)
    if isinstance(kind, Text) and kind.codes:
        return Choices(kind.codes, {e.code: e.label for e in code_list(kind.codes)}, closed=False)
    return None


def _word(entry: Entry, kind: Kind) -> str:
    # A KBLI letter is what the column holds; the words behind it differ from one edition of KBLI to the next.
    return f"{entry.code}. {entry.label}" if isinstance(kind, Letter) else entry.label


def registers() -> list[type[Dataset]]:
    """The datasets that get a sheet: those with a row a person or a family, in the order of templates."""
    return [dataset for dataset in datasets().values() if dataset.about().register is None]


def asked(dataset: type[Dataset]) -> dict[str, Column]:
    """The columns of a sheet: all but the place, which stands once above the table."""
    return {name: spec for name, spec in dataset.columns().items() if name not in dataset.places()}


def listed() -> list[tuple[str, Choices]]:
    """Every list that is worth reading, once, under the labels of the columns that use it."""
    labels: dict[str, list[str]] = {}
    found: dict[str, Choices] = {}
    for dataset in registers():
        for spec in asked(dataset).values():
            choices = choices_of(spec.kind)
            if choices and not isinstance(spec.kind, YesNo):
                found.setdefault(choices.name, choices)
                labels.setdefault(choices.name, []).append(spec.label)
    return [(" / ".join(labels[name]), choices) for name, choices in found.items()]
