"""What one release says, as its workbook needs it: figures, indicators, areas."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipelines.periods import Period

KINDS = ("desa ", "kelurahan ", "kecamatan ", "kabupaten ", "kota ", "provinsi ")


class Figure(NamedTuple):
    """One public cell. Parts in the indicator's own units, `value` in its unit, unrounded; coverage in RTs."""

    numerator: float | None
    denominator: float | None
    value: float | None
    reported: int
    expected: int
    status: str


@dataclass(frozen=True)
class Entry:
    """One published indicator with its texts; the formula parts are expressions over named columns.

    Of a `whole` one only the distribution says something: its total is all of its denominator.
    """

    code: str
    name: str
    source: str
    numerator: str
    denominator: str | None
    universe: str
    scale: int
    method: str
    bin: str | None
    fixed_point: bool
    unit: str
    measure: str
    concept: str
    definition: str
    interpretation: str
    reference: str
    official: bool
    by_sex: bool
    whole: bool


@dataclass(frozen=True)
class Place:
    """One area of the release."""

    level: str
    code: str
    name: str

    @property
    def kind(self) -> str:
        """Desa and kota are told by their Kemendagri codes: `xx.xx.xx.2xxx`, and `xx.71` or above."""
        if self.level == "kelurahan" and self.code[9:10] == "2":
            return "Desa"
        return "Kota" if self.level == "kabupaten" and self.code[3:5] > "70" else self.level.capitalize()

    @property
    def title(self) -> str:
        """The name after its kind, as Indonesians write it."""
        return self.name if self.name.lower().startswith(KINDS) else f"{self.kind} {self.name}"

    def holds(self, other: "Place") -> bool:
        """Whether `other` lies in this kelurahan or wider area."""
        return other.code.startswith((f"{self.code}.", f"{self.code}-"))


@dataclass(frozen=True)
class Publication:
    """One period's public release. `figures` by area, indicator and breakdown; `subjects` in order of publication.

    `upper` are the areas above the kelurahan that have figures of their own to show, `around` those that hold all.
    """

    period: Period
    release: str
    office: str
    subjects: dict[str, list[Entry]]
    kelurahan: list[Place]
    upper: list[Place]
    around: list[Place]
    small: list[Place]
    figures: dict[tuple[str, str, str], Figure]

    def figure(self, place: Place, code: str, breakdown: str = "total") -> Figure | None:
        """The published cell, None where the release has no such cell."""
        return self.figures.get((place.code, code, breakdown))

    @cached_property
    def tabled(self) -> dict[str, list[Entry]]:
        """The subjects with the indicators whose totals say something, which are those that tables of totals show."""
        return {subject: [e for e in entries if not e.whole] for subject, entries in self.subjects.items()}

    @cached_property
    def areas(self) -> list[Place]:
        """Kelurahan and above, every area after those that it holds."""
        return totals_last([*self.kelurahan, *self.upper])

    @property
    def widest(self) -> Place | None:
        """The one area that holds all others, None where none does."""
        found = [area for area in self.areas if all(area == other or area.holds(other) for other in self.areas)]
        return found[0] if found else None

    @property
    def where(self) -> str:
        """The territory of the release, as a title says it."""
        if len(self.kelurahan) == 1:
            return self.kelurahan[0].title
        kinds = "/".join(sorted({kelurahan.kind for kelurahan in self.kelurahan}))
        return f"{len(self.kelurahan)} {kinds}" + (f" di {self.widest.title}" if self.widest else "")


def totals_last(places: list[Place]) -> list[Place]:
    """In the order of their codes, every area after those that it holds; `~` sorts behind `.`, `-` and all digits."""
    return sorted(places, key=lambda place: f"{place.code}~")
