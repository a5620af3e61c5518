"""Numbers as Indonesian readers write them: a point between thousands, a comma before decimals."""

from pipelines.publishing.numbers import as_written

DECIMALS = 4


def number(value: float | int | None) -> str:
    """`12.345,6`; a dash for none. At most four decimals, without trailing zeros."""
    if value is None:
        return "-"
    return as_written(f"{value:,.{DECIMALS}f}".rstrip("0").rstrip("."))


def signed(value: float | int | None) -> str:
    """A difference with its sign."""
    return "-" if value is None else f"+{number(value)}" if value > 0 else number(value)
