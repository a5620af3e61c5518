"""Errors that people cause. Anything else is our own fault and keeps its traceback in the log."""


class OfficerError(Exception):
    """One clear sentence for the officer: what is wrong and what to do. Never holds personal data."""


class Unreadable(OfficerError):
    """A file that cannot be taken at all: its verdict is `rejected`, with this sentence as the reason."""
