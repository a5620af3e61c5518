"""Errors that people cause. Anything else is our own fault and keeps its traceback in the log."""

from collections.abc import Iterable
from difflib import get_close_matches


class OfficerError(Exception):
    """One clear sentence for the officer: what is wrong and what to do. Never holds personal data."""


class Unreadable(OfficerError):
    """A file that cannot be taken at all: its verdict is `rejected`, with this sentence as the reason."""


def nearest(written: str, known: Iterable[str]) -> str:
    """What was most likely meant, as the end of a sentence; nothing where it is like none that is known."""
    near = get_close_matches(written, sorted(known), n=1)
    return f" Mungkin maksudnya: {near[0]}." if near else ""
