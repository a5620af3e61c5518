"""Text from files and file names, made harmless for screens and spreadsheets: it is shown, it never commands.

An escape sequence can rewrite what a terminal shows or type into it, a line break forges a line, and a direction mark
shows `gpj.exe` as `exe.jpg`.
"""

import re

# Controls (C0, DEL, C1), direction marks and the line ends of Unicode; lone surrogates cannot be printed at all.
COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
JSON_ALLOWS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What xlsxwriter makes of text: text, never a formula or a link. The parts of the package are made in memory.
INERT_WORKBOOK = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
IN_PLACE = "\N{REPLACEMENT CHARACTER}"


def one_line(text: object) -> str:
    """The text on one line, a sign in place of every character that commands."""
    return COMMANDS.sub(_shown, str(text))


def inert_json(text: str) -> str:
    """JSON in which also the commands that its writers leave as they are stand as escapes; it says the same."""
    return JSON_ALLOWS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(found: "re.Match[str]") -> str:
    return " " if found[0] in "\t\n\r" else IN_PLACE
