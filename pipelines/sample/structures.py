"""Who lives together: families drawn by structure, with ages that fit one another.

Calibrated on Hulu Sungai Selatan: 0-14 years about 24 %, 65+ about 7 %, a sex ratio of 101.4 (Kemendagri,
annex to Kepmendagri 300.2.2-2138/2025), 3.1 to 3.4 persons a family card, about one head in seven a woman
(Susenas).
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pipelines.sample import people
from pipelines.sample.draws import Weighted, step
from schemas.codelists import Entry

GIRLS = 0.487  # share of girls among births: 105 boys to 100 girls
HUSBAND_AGES = Weighted({21: 5, 25: 11, 30: 14, 35: 14, 40: 13, 45: 12, 50: 10, 55: 8, 60: 6, 65: 5, 70: 3.4, 75: 2.4})
WIDOW_AGES = Weighted({30: 5, 35: 8, 40: 12, 45: 15, 50: 17, 55: 17, 60: 13, 65: 8, 70: 5})
# Births of a woman by her age today (Kalimantan Selatan: 2.3 to 2.6 children a woman), SP2020.
PARITY = {0: 2.35, 40: 2.6, 55: 3.2}
SONS_AT_HOME = {0: 1.0, 18: 0.92, 21: 0.78, 25: 0.48, 30: 0.20, 40: 0.08}
DAUGHTERS_AT_HOME = {0: 1.0, 18: 0.82, 21: 0.62, 25: 0.31, 30: 0.11, 40: 0.04}
LAST_BIRTH, YOUNGEST_FATHER, OLDEST = 45.0, 18.0, 97.0


@dataclass(slots=True)
class Member:
    """One person to be: relation to the head, sex, age in years with a fraction, marital status."""

    relation: Entry
    woman: bool
    age: float
    marital: Entry


def draw_family(rng: Random) -> list[Member]:
    """The members of one family card, its head first."""
    return STRUCTURES.draw(rng)(rng)


def _children(rng: Random, mother: float, relation: Entry) -> list[Member]:
    """The children of a woman of this age who still live at home, eldest first."""
    wanted = max(0, min(7, round(rng.gauss(step(PARITY, mother), 1.15))))
    at_birth = min(37.0, max(17.5, rng.gauss(23.0, 3.6)))
    born: list[Member] = []
    while wanted and at_birth < min(mother, LAST_BIRTH):
        age, girl = mother - at_birth, rng.random() < GIRLS
        if rng.random() < step(DAUGHTERS_AT_HOME if girl else SONS_AT_HOME, age):
            marital = people.DIVORCED if age > 24 and rng.random() < 0.12 else people.SINGLE
            born.append(Member(relation, girl, age, marital))
        wanted -= 1
        if rng.random() > 0.01:  # else twins
            at_birth += 1.4 + rng.expovariate(1 / 2.7)
    return born


def _spouse_age(rng: Random, husband: float) -> float:
    return min(OLDEST, max(17.2, husband - rng.gauss(3.0, 3.4)))


def _couple(rng: Random) -> list[Member]:
    """Husband, wife and the children at home, sometimes with a parent or a grown child's family."""
    husband = HUSBAND_AGES.draw(rng) + rng.random() * 5
    wife = _spouse_age(rng, husband)
    children = [child for child in _children(rng, wife, people.CHILD) if child.age < husband - YOUNGEST_FATHER]
    couple = [
        Member(people.HEAD, False, husband, people.MARRIED),
        Member(people.WIFE, True, wife, people.MARRIED),
    ]
    return (
        couple
        + children
        + _third_generation(rng, min(husband, wife))
        + _elders(rng, husband, wife)
        + _kin(rng, husband)
    )


def _third_generation(rng: Random, parent: float) -> list[Member]:
    """A grown child of the couple with spouse and children, on the same card."""
    if parent < 44 or rng.random() > 0.10:
        return []
    child = Member(people.CHILD, rng.random() < 0.6, parent - rng.uniform(19.0, 24.0), people.MARRIED)
    spouse = child.age + rng.gauss(2.5, 2.5) * (1 if child.woman else -1)
    in_law = Member(people.CHILD_IN_LAW, not child.woman, max(18.0, spouse), people.MARRIED)
    mother = child.age if child.woman else in_law.age
    young = [grandchild for grandchild in _children(rng, mother, people.GRANDCHILD) if grandchild.age < 18]
    return [child, in_law, *young]


def _elders(rng: Random, husband: float, wife: float) -> list[Member]:
    """A widowed parent of either, mostly the mother."""
    if not 25 < wife < 62 or rng.random() > 0.10:
        return []
    relation, child = rng.choice(((people.PARENT, husband), (people.PARENT_IN_LAW, wife)))
    age = min(OLDEST, child + rng.uniform(19, 33))
    return [Member(relation, rng.random() < 0.72, age, people.WIDOWED)]


def _kin(rng: Random, head: float) -> list[Member]:
    """A nephew, niece or cousin who lives along."""
    if rng.random() > 0.035:
        return []
    return [Member(people.KIN, rng.random() < 0.45, rng.uniform(10, min(40, head)), people.SINGLE)]


def _widow(rng: Random) -> list[Member]:
    """A woman who heads a family with the children who are still at home."""
    age = WIDOW_AGES.draw(rng) + rng.random() * 5
    marital = people.WIDOWED if rng.random() < min(0.9, (age - 20) / 45) else people.DIVORCED
    return [Member(people.HEAD, True, age, marital), *_children(rng, age, people.CHILD)]


def _widower(rng: Random) -> list[Member]:
    """A man who heads a family without a wife."""
    age = WIDOW_AGES.draw(rng) + rng.random() * 5
    marital = people.WIDOWED if rng.random() < 0.6 else people.DIVORCED
    return [Member(people.HEAD, False, age, marital), *_children(rng, age - 3, people.CHILD)]


def _lone_elder(rng: Random) -> list[Member]:
    """Somebody old who lives alone, mostly a widow."""
    age = min(OLDEST, 60 + rng.expovariate(1 / 9))
    return [Member(people.HEAD, rng.random() < 0.72, age, people.WIDOWED)]


def _lone_adult(rng: Random) -> list[Member]:
    """Somebody of working age who lives alone, mostly a man."""
    age = 20 + rng.expovariate(1 / 9)
    return [Member(people.HEAD, rng.random() < 0.25, min(59, age), people.SINGLE if age < 40 else people.DIVORCED)]


def _grandparents(rng: Random) -> list[Member]:
    """Grandparents who bring up a grandchild."""
    age = rng.uniform(50, 72)
    couple = [
        Member(people.HEAD, False, age, people.MARRIED),
        Member(people.WIFE, True, _spouse_age(rng, age), people.MARRIED),
    ]
    return [*couple, Member(people.GRANDCHILD, rng.random() < GIRLS, rng.uniform(2, 17), people.SINGLE)]


Structure = Callable[[Random], list[Member]]
STRUCTURES: Weighted[Structure] = Weighted(
    {_couple: 76, _widow: 8, _widower: 2, _lone_elder: 5, _lone_adult: 5, _grandparents: 2}
)
