"""Edits XML by its bytes, so that whatever is not edited stays exactly as it was sent."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

ENCODED = re.compile(rb"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
ROOT = re.compile(rb"<((?:[\w.-]+:)?)[\w.-]+")
TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?([\w.-]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
NO_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Unpatchable(Exception):
    """This package cannot be edited with certainty; the caller writes a twin instead."""


class Element(NamedTuple):
    """A direct child: its local name, where it starts, where its start tag ends, where it ends."""

    name: bytes
    start: int
    inside: int
    end: int


def prefix_of(xml: bytes) -> bytes:
    """The namespace prefix of the root with its colon, empty where there is none.

    Raises Unpatchable for XML that a search by bytes could misread: comments, CDATA, entities, other encodings.
    """
    if b"<!" in xml or ENCODED.search(xml[:200]) or b"\0" in xml[:4]:
        raise Unpatchable("XML beyond plain UTF-8 elements")
    root = ROOT.search(xml)
    if root is None:
        raise Unpatchable("no XML")
    return root[1]


def prefixed(xml: bytes, prefix: bytes) -> bytes:
    """Our own elements, which are written without a prefix, in the prefix of the part that takes them."""
    return re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix, xml) if prefix else xml


def children(xml: bytes, start: int = 0) -> Iterator[Element]:
    """The direct children of the element that opens at or after `start`."""
    depth, opened, inside, name = 0, 0, 0, b""
    for tag in TAG.finditer(xml, start):
        closing, local, alone = tag[1], tag[2], tag[3]
        if not closing and depth == 1:
            opened, inside, name = tag.start(), tag.end(), local
        depth += -1 if closing else 0 if alone else 1
        if (closing and depth == 1) or (alone and depth == 1):
            yield Element(name, opened, inside, tag.end())
        if depth == 0:
            return


def opened(xml: bytes, local: bytes) -> bytes:
    """The part with its root (or its only `local` element) as start and end tag, where it was one empty tag."""
    tag = re.compile(rb"<((?:[\w.-]+:)?" + local + rb")\b([^>]*)/>")
    return tag.sub(rb"<\1\2></\1>", xml, count=1)


def appended(xml: bytes, local: bytes, child: bytes) -> bytes:
    """Put `child` last into the last `local` element."""
    xml = opened(xml, local)
    ends = list(re.finditer(rb"</(?:[\w.-]+:)?" + local + rb"\s*>", xml))
    if not ends:
        raise Unpatchable(f"no {local.decode()}")
    at = ends[-1].start()
    return xml[:at] + child + xml[at:]


@cache
def _named(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?:^|(?<=\s))" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attribute(attributes: bytes, name: bytes) -> bytes | None:
    """The value of an attribute in the inside of a start tag."""
    found = _named(name).search(attributes)
    return None if found is None else found[1] if found[1] is not None else found[2]


def with_attribute(attributes: bytes, name: bytes, value: bytes) -> bytes:
    """The inside of a start tag with this attribute set."""
    written = name + b'="' + value + b'"'
    changed, count = _named(name).subn(lambda _: written, attributes, count=1)
    return changed if count else attributes.rstrip() + b" " + written


def without_attribute(attributes: bytes, name: bytes) -> bytes:
    """The inside of a start tag without this attribute."""
    return re.sub(rb"\s+$", b"", re.sub(rb"\s+(?=\s)", b"", _named(name).sub(b"", attributes, count=1)))


def cleaned(text: str) -> str:
    """Text without anything that XML forbids or that a spreadsheet would read as an escape; line feeds stay."""
    return NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> bytes:
    """Text for an element or a quoted attribute: always text, never markup."""
    text = LOOKS_ESCAPED.sub("_x005F_", cleaned(text))
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text.encode("utf-8")
