"""The style table: finds and adds cell formats that differ from a cell's own in the fill alone."""

import re

from pipelines.returned.remarks import COLOURS
from pipelines.returned.xmltext import (
    ATTRIBUTE,
    Element,
    Unpatchable,
    attribute,
    children,
    prefix_of,
    prefixed,
    with_attribute,
)

MOST_FORMATS = 64_000  # Excel refuses more
SECTIONS = (b"fonts", b"fills", b"borders", b"cellXfs")
OURS = re.compile(rb"<(?:\w+:)?fgColor\s[^>]*\brgb=\"(?:FF|00)?(?:%s)\"" % "|".join(COLOURS.values()).encode(), re.I)


def solid(colour: str) -> bytes:
    """A fill of one colour."""
    inside = f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{inside}</patternFill></fill>'.encode()


class Styles:
    """Fonts, fills, borders and cell formats of a workbook; those that are added are found again, not repeated."""

    def __init__(self, xml: bytes) -> None:
        self.prefix = prefix_of(xml)
        self._xml = xml
        self._sections: dict[bytes, Element] = {part.name: part for part in children(xml)}
        if any(name not in self._sections for name in SECTIONS):
            raise Unpatchable("styles without a section")
        self.items = {name: self._read(name) for name in SECTIONS}
        self._were = {name: len(items) for name, items in self.items.items()}
        if not self.items[b"cellXfs"]:
            raise Unpatchable("no cell format")

    def _read(self, name: bytes) -> list[bytes]:
        return [self._xml[item.start : item.end] for item in children(self._xml, self._sections[name].start)]

    def add(self, section: bytes, item: bytes) -> int:
        """The number of this item, added where it is not there yet."""
        return self._add(section, prefixed(item, self.prefix))

    def _add(self, section: bytes, item: bytes) -> int:
        items = self.items[section]
        if item in items:
            return items.index(item)
        if len(items) >= MOST_FORMATS:
            raise Unpatchable("too many formats")
        items.append(item)
        return len(items) - 1

    def ours(self) -> frozenset[int]:
        """The cell formats that carry one of our colours."""
        fills = {str(n).encode() for n, fill in enumerate(self.items[b"fills"]) if OURS.search(fill)}
        formats = enumerate(self.items[b"cellXfs"])
        return frozenset(n for n, xf in formats if fills and attribute(_inside(xf), b"fillId") in fills)

    def marked(self, style: int, error: bool) -> int:
        """The cell format like `style`, filled with our colour."""
        fill = self.add(b"fills", solid(COLOURS[error]))
        return self._add(b"cellXfs", _filled(self._format(style), fill))

    def unmarked(self, style: int) -> int:
        """The cell format like `style` without a fill, for a cell whose earlier look is not known."""
        wanted = _but_fill(self._format(style))
        for number, xf in enumerate(self.items[b"cellXfs"]):
            if attribute(_inside(xf), b"fillId") in (b"0", None) and _but_fill(xf) == wanted:
                return number
        return self._add(b"cellXfs", _filled(self._format(style), 0))

    def _format(self, style: int) -> bytes:
        formats = self.items[b"cellXfs"]
        return formats[style] if style < len(formats) else formats[0]

    def written(self) -> bytes:
        """The part with what was added."""
        xml = self._xml
        for name in sorted(SECTIONS, key=lambda n: -self._sections[n].start):
            items, section = self.items[name], self._sections[name]
            if len(items) == self._were[name]:
                continue
            tag = xml[section.start : section.inside]
            tag = re.sub(rb'\bcount="\d+"', b'count="%d"' % len(items), tag)
            at = xml.rindex(b"</", section.inside, section.end)
            new = b"".join(items[self._were[name] :])
            xml = xml[: section.start] + tag + xml[section.inside : at] + new + xml[at:]
        return xml


def _inside(xf: bytes) -> bytes:
    return xf[: xf.index(b">")].rstrip(b"/")


def _filled(xf: bytes, fill: int) -> bytes:
    head = _inside(xf)
    changed = with_attribute(with_attribute(head, b"fillId", str(fill).encode()), b"applyFill", b"1")
    return changed + xf[len(head) :]


def _but_fill(xf: bytes) -> tuple[dict[bytes, bytes], bytes]:
    head = _inside(xf)
    pairs = {name: double or single for name, double, single in ATTRIBUTE.findall(head)}
    return {n: v for n, v in pairs.items() if n not in (b"fillId", b"applyFill")}, xf[len(head) :]
