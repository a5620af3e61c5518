"""The profile as one page: no script, nothing fetched, every figure with the cell that it comes from."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from pipelines.publishing.profile.model import Profile

# Signs without a letter that a name may hold: controls, and those that turn the direction of what follows them.
TURNING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TEMPLATE, STYLE = "profil.html.j2", "profil.css"


def page_of(profile: Profile, stamp: str) -> str:
    """The whole page. `stamp` is kept in its head: it tells whether the page is up to date."""
    style = _read(STYLE)
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = _environment().from_string(_read(TEMPLATE))
    return TURNING.sub("", template.render(profile=profile, stamp=stamp, style=style, allowed=allowed))


@cache
def _environment() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _read(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
