"""Typst, as profile, infographic and catalogue use it: no network or system fonts, the same bytes for a release."""

import datetime as dt
import json
import re
import unicodedata
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import font_source_sans_pro
import typst

from pipelines.publishing.profile.model import Shown

FONTS = Path(font_source_sans_pro.__file__).parent / "files"
ARCHIVE: list[Any] = ["ua-1", "a-2a"]  # read aloud, and kept: both of the same file
PIXELS_PER_INCH = 192  # A4 is then as large as a messenger shows at most
# Latin letters and the signs of our own words: whatever else a name holds may be no letter of ours.
UNSURE = re.compile("[^\n -~\u00a0-\u00ac\u00ae-\u024f–—‘’“”…•≥≤×·−²⁾¹Σ]")


def compiled(template: Path, said: Any, date: dt.date, kind: Literal["pdf", "png"]) -> bytes:
    """The document of a template. `said` reaches it as data, which Typst never reads as markup."""
    compiler = typst.Compiler(template.read_bytes(), font_paths=_fonts(), ignore_system_fonts=True)
    made = compiler.compile(
        format=kind,
        sys_inputs={"data": json.dumps(plain(said), ensure_ascii=False)},
        ppi=PIXELS_PER_INCH if kind == "png" else None,
        pdf_standards=ARCHIVE if kind == "pdf" else [],
        timestamp=dt.datetime.combine(date, dt.time(), dt.UTC),
    )
    assert isinstance(made, bytes), "one page makes one picture"
    return made


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries, a figure as its text and number, text in letters that can be printed."""
    if isinstance(value, Shown):
        return {"text": value.text, "known": value.known, "value": value.value}
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: plain(of) for key, of in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(of) for of in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def printable(text: str) -> str:
    """Text without what no letter of ours can print: an archive file may not hold a letter that is not there."""
    return UNSURE.sub(_instead, unicodedata.normalize("NFC", text))


def _instead(sign: re.Match[str]) -> str:
    return "" if unicodedata.category(sign[0])[0] == "C" else "?"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
