"""Texts as SQL takes them, where a statement has no place for a parameter."""


def literal(text: str) -> str:
    """The text between quotes, its own quotes doubled."""
    return "'" + text.replace("'", "''") + "'"
