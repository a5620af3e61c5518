"""Headings begin with a capital, whatever the words in them begin with."""


def capital(text: str) -> str:
    """The text with a capital at its head; the rest as it is."""
    return text[:1].upper() + text[1:]
