"""Figures rounded for readers, the same in every medium of a release."""

from decimal import ROUND_HALF_UP, Decimal


def number(value: float, decimals: int = 0) -> str:
    """`1.234,5`: a point between thousands, a comma before decimals."""
    return as_written(f"{rounded(value, decimals):,}")


def as_written(number: str) -> str:
    """A number of Python's own writing, `1,234.5`, as Indonesians write it."""
    return number.translate(str.maketrans(",.", ".,"))


def rounded(value: float, decimals: int) -> Decimal:
    """As Excel rounds what it shows, halves away from zero."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
