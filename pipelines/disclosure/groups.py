"""Indicators whose figures give each other away: they are withheld together, in the same places."""

import re

from pipelines.indicators.catalogue import Indicator, catalogue

NAME = re.compile(r"[a-z]\w*")


def groups() -> list[list[Indicator]]:
    """The indicators in groups that share a column of their numerators, or are declared as `linked`.

    Two numerators over one column and one universe are one number or parts of one another; what else follows from
    what (the employed are the labour force without the unemployed; of 6 pupils of the level no more than 6 are of its
    age) is declared with the indicators. A median or an index shows no parts, so it gives nothing away.
    """
    found: list[tuple[set[str], list[Indicator]]] = []
    for indicator in catalogue().values():
        columns = NAME.findall(indicator.numerator) if indicator.method == "ratio" else []
        marks = {f"{indicator.source}.{name} {indicator.universe}" for name in columns} | set(indicator.linked)
        members = [indicator]
        for other in [group for group in found if group[0] & marks]:
            marks |= other[0]
            members = other[1] + members
            found.remove(other)
        found.append((marks, members))
    return [members for _, members in found]
