"""Our own errors: a traceback in the log without anything that could be personal data."""

import datetime as dt
import re
import tempfile
import traceback
from pathlib import Path

from pipelines.settings import Places

DIGITS = re.compile(r"\d{5,}")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»")
NAMES = re.compile(r"\b(?!\w*Error\b)\w*[^\W\d_a-z]\w*")  # words with a capital: DuckDB puts some unquoted


def masked(text: str) -> str:
    """A message with long numbers, quoted values and capitalised words blotted out: each could be a NIK or a name."""
    return NAMES.sub("...", QUOTED.sub("'...'", DIGITS.sub("#####", text))).splitlines()[0][:300] if text else ""


def record(places: Places, error: BaseException) -> Path:
    """Append the error to `cantik.log` of the home, or of the temporary folder where the home cannot be written."""
    lines = [f"{dt.datetime.now().isoformat(timespec='seconds')} {type(error).__name__}: {masked(str(error))}\n"]
    lines += traceback.format_tb(error.__traceback__)
    for log in (places.store / "cantik.log", Path(tempfile.gettempdir()) / "cantik.log"):
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as out:
                out.writelines(lines)
        except OSError:
            continue
        return log
    return Path("cantik.log")
