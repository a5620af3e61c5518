"""Figures rounded for readers, the same in every medium of a release."""

from decimal import ROUND_HALF_UP, Decimal


def number(value: float, decimals: int = 0) -> str:
    """`1.234,5`: a point between thousands, a comma before decimals."""
    return f"{rounded(value, decimals):,}".translate(str.maketrans(",.", ".,"))


def rounded(value: float, decimals: int) -> Decimal:
    """As Excel rounds what it shows, halves away from zero."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
