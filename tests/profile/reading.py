"""Reads a page back as a browser would: its elements in order, their attributes, their text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

EMPTY = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Element:
    """An element with its attributes, the elements in it and all text in it."""

    tag: str
    attributes: dict[str, str]
    inside: list["Element"] = field(default_factory=list)
    text: str = ""
    above: "Element | None" = field(default=None, repr=False)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def all(self, *tags: str) -> list["Element"]:
        """This and every element in it of these tags, in order; of any tag where none is given."""
        own = [self] if not tags or self.tag in tags else []
        return own + [found for element in self.inside for found in element.all(*tags)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.at = self.root = Element("#page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, above=self.at)
        self.at.inside.append(element)
        if tag not in EMPTY:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.inside.append(Element(tag, {name: value or "" for name, value in attrs}, above=self.at))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.above is not None
        self.at = self.at.above

    def handle_data(self, data: str) -> None:
        element: Element | None = self.at
        while element is not None:
            element.text += data
            element = element.above


def read_page(path: Path) -> Element:
    """The page; its elements must be closed in order."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    assert reader.at is reader.root
    return reader.root


def figures(page: Element) -> list[Element]:
    """Every element that shows a figure."""
    return [element for element in page.all() if "data-indicator" in element.attributes]


def key(element: Element) -> tuple[str, str, str, str]:
    """Period, area, indicator and breakdown of a figure."""
    return element["data-period"], element["data-area"], element["data-indicator"], element["data-breakdown"]
