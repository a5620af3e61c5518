"""Names as the Banjar give them: single names among the old, H. and Hj. for who made the hajj."""

from datetime import date
from random import Random

from pipelines.sample.draws import table

NAMES: dict[str, dict[str, list[str]]] = {
    sex: {part: words.split() for part, words in parts.items()} for sex, parts in table("names").items()
}
HAJJ_AGE, HAJJ_SHARE = 42, 0.13  # pilgrims among those of this age and above
OF_OLD = 58  # from this age on a single name is usual


class Names:
    """Gives every person of a kelurahan a name that nobody born on the same day has."""

    def __init__(self) -> None:
        self._given: set[tuple[str, date]] = set()

    def draw(self, rng: Random, woman: bool, age: int, born: date) -> str:
        """A full name; no two people with one birth date share it."""
        name = _draw(rng, woman, age)
        while (name, born) in self._given:
            name = _draw(rng, woman, age)
        self._given.add((name, born))
        return name


def _draw(rng: Random, woman: bool, age: int) -> str:
    words = NAMES["women" if woman else "men"]
    shape = rng.random()
    if age >= OF_OLD and shape < 0.45:
        name = rng.choice(words["of_old"])
    elif shape < 0.55:
        name = f"{rng.choice(words['first'])} {rng.choice(words['given'])}"
    elif shape < 0.85:
        name = f"{rng.choice(words['given'])} {rng.choice(words['last'])}"
    else:
        name = rng.choice(words["given"])
    if age >= HAJJ_AGE and rng.random() < HAJJ_SHARE:
        return f"Hj. {name}" if woman else f"H. {name}"
    return name
