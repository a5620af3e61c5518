"""What stands before the root of an XML part: the one place where a document type could plant entities.

Bytes alone do not tell: `<!DOCTYPE` may stand in a comment, or in UTF-16, which the reader takes for an empty sheet.
"""

import re
from xml.parsers import expat

from pipelines.errors import Unreadable
from pipelines.intake.refusals import UNUSUAL

# The usual start of a part: nothing, or a declaration, then at once the root.
PLAIN_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\s[^>]*\?>)?\s*<[A-Za-z_]")
DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']""")
UTF_8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
SUPERSETS_OF_ASCII = re.compile(rb"(?:iso-8859-|windows-125|latin)\d+")
HEAD = 512  # bytes, enough for any declaration


class _RootReachedError(Exception):
    """The prolog is over."""


def check_prolog(xml: bytes) -> None:
    """Raises Unreadable for a part with a document type, or in an encoding that our readers would misread."""
    head = xml[:HEAD]
    if b"\0" in head[:4] or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(UNUSUAL)
    declared = DECLARED.match(head)
    name = declared[1].lower() if declared else b"utf-8"
    if name not in UTF_8 and not (SUPERSETS_OF_ASCII.fullmatch(name) and xml.isascii()):
        raise Unreadable(UNUSUAL)
    if not PLAIN_START.match(head):
        _parse_prolog(xml)


def _parse_prolog(xml: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        parser.Parse(xml, True)
    except (_RootReachedError, expat.ExpatError):
        return  # no document type came first; broken XML is told by whoever needs the part


def _refuse(*_: object) -> None:
    raise Unreadable(UNUSUAL)


def _stop(*_: object) -> None:
    raise _RootReachedError
