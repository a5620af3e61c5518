"""Every core indicator in every area, recomputed from the rows of that area and never from smaller areas."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from . import deprivation, population, schooling, welfare, work
from .derived import DERIVED, made_of
from .distributions import SPLITS, Split
from .measure import Indicator, Number, Parts, People
from .people import Family, Resident, families_of, residents_of
from .recap import RecapParts, recap_parts
from .records import REGISTERS, Area, Village

INDICATORS: tuple[Indicator, ...] = (
    *population.INDICATORS,
    *welfare.INDICATORS,
    *deprivation.INDICATORS,
    *schooling.INDICATORS,
    *work.INDICATORS,
)
SEXES = {"L": 1, "P": 2}
Key = tuple[str, str, str, str]
"""Level, area, indicator, breakdown."""


@dataclass(frozen=True)
class Cell:
    """One published figure; status is `m` if no RT reported, `z` for a value that cannot be, else `ok`."""

    numerator: Number | None
    denominator: Number | None
    value: Number | None
    households: int | None
    areas_reported: int
    areas_expected: int
    status: str


@dataclass
class Oracle:
    """A village, its residents and families, and what each RT has sent."""

    village: Village

    def __post_init__(self) -> None:
        self.residents: list[Resident] = residents_of(self.village)
        self.families: list[Family] = families_of(self.village, self.residents)
        self.sent: dict[str, set[str]] = {rt: set() for rt in self.village.rts()}
        for dataset in REGISTERS:
            for row in self.village.register(dataset):
                self.sent[row.rt].add(dataset)

    def cells(self) -> dict[Key, Cell]:
        """All cells of the village."""
        counted = {
            (area.level, area.code, indicator.code, breakdown): self.cell(area.code, indicator, breakdown)
            for area in self.village.areas
            for indicator, breakdown in defined_pairs()
        }
        residents = {area: cell.numerator for (level, area, *which), cell in counted.items()
                     if level == "rt" and which == ["jumlah_penduduk", "total"] and cell.areas_reported}  # fmt: skip
        return counted | {
            (area.level, area.code, code, "total"): self.derived(area, code, residents)
            for area in self.village.areas
            for code in DERIVED
        }

    def derived(self, area: Area, code: str, residents: dict[str, Number | None]) -> Cell:
        """A figure that is made of others; `residents` are those of the RTs that reported them."""
        rts = [rt for rt in self.village.rts() if rt == area.code or rt.startswith((area.code + "-", area.code + "."))]
        parts = made_of(self.village, area, code, rts, residents)
        if parts is None:
            return Cell(None, None, None, None, 0, len(rts), "m")
        above, below, reported = parts
        value = Fraction(above) * DERIVED[code] / below if below else None
        return Cell(above, below, value, None, reported, len(rts), "ok" if below else "z")

    def cell(self, area: str, indicator: Indicator, breakdown: str) -> Cell:
        """One figure of one area: the RTs with a register, plus the RTs with only a recap."""
        rts = [rt for rt in self.village.rts() if rt == area or rt.startswith((area + "-", area + "."))]
        registered = {rt for rt in rts if indicator.needs and self.sent[rt] >= set(indicator.needs)}
        recaps = [
            given for rt in rts if rt not in registered and (given := self.recap(rt, indicator, breakdown)) is not None
        ]
        reported = len(registered) + len(recaps)
        if not reported:
            return Cell(None, None, None, None, 0, len(rts), "m")
        split = SPLITS.get(indicator.code, {}).get(breakdown, Split(SEXES.get(breakdown), indicator.measure))
        parts = split.measure(self.people(registered, split.sex))
        return assemble(parts, recaps, indicator, reported, len(rts))

    def recap(self, rt: str, indicator: Indicator, breakdown: str) -> RecapParts | None:
        """What the recap of an RT gives, unless the register that goes before it is there."""
        if indicator.needs and indicator.needs[-1] in self.sent[rt]:
            return None
        sheets = {name: by_rt[rt] for name, by_rt in self.village.recaps.items() if rt in by_rt}
        return recap_parts(sheets, indicator.code, breakdown)

    def people(self, rts: set[str], sex: int | None) -> People:
        """Residents who live in these RTs, of one sex or both, and families whose head lives there."""
        residents = [
            resident
            for resident in self.residents
            if resident.row.rt in rts and sex in (None, resident.row.jenis_kelamin)
        ]
        return People(residents, [family for family in self.families if family.rt in rts])


def defined_pairs() -> Iterator[tuple[Indicator, str]]:
    """Every indicator with each of its breakdowns."""
    for indicator in INDICATORS:
        yield indicator, "total"
        if indicator.by_sex:
            for breakdown in SEXES:
                yield indicator, breakdown
        for breakdown in SPLITS.get(indicator.code, {}):
            yield indicator, breakdown


def assemble(parts: Parts, recaps: list[RecapParts], indicator: Indicator, reported: int, expected: int) -> Cell:
    """Adds the recaps to the parts from registers and divides last."""
    families = [recap.families for recap in recaps if recap.families is not None]
    # A count sheet that does not say how many families stand behind its figure leaves the total unknown too.
    households = len(parts.families) + sum(families) if len(families) == len(recaps) else None
    if parts.numerator is None:
        status = "z" if parts.value is None else "ok"
        return Cell(None, None, parts.value, households, reported, expected, status)
    numerator = parts.numerator + sum(recap.numerator for recap in recaps)
    if indicator.scale is None:
        return Cell(numerator, None, numerator, households, reported, expected, "ok")
    denominator = (parts.denominator or 0) + sum(recap.denominator or 0 for recap in recaps)
    if not denominator:
        return Cell(numerator, denominator, None, households, reported, expected, "z")
    value = Fraction(numerator) * indicator.scale / denominator
    return Cell(numerator, denominator, value, households, reported, expected, "ok")
