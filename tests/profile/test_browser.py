"""The page in a real browser, where there is one: nothing sticks out on a phone, nothing is blocked or asked for."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipelines.publishing.profile.write import write_profile

from .stores import AREAS, PERIOD, make

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this computer")
MEASURE = """<!doctype html><iframe width="{width}" height="3000" srcdoc="{page}"></iframe><pre id="told"></pre><script>
addEventListener("load", () => {{
  const inside = document.querySelector("iframe").contentDocument
  inside.querySelectorAll("details").forEach(d => d.open = true)
  const cut = [...inside.querySelectorAll(".card, .headlines li, .picture svg")]
  const wide = cut.filter(e => e.getBoundingClientRect().right > {width}).map(e => e.className)
  const style = getComputedStyle(inside.querySelector(".top")).backgroundColor
  document.getElementById("told").textContent = [inside.documentElement.scrollWidth, wide.length, style].join("|")
}})
</script>"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_at(width: int, tmp_path: Path) -> None:
    """With names as long as names get, every table open, and the style that its own policy allows."""
    areas = {code: (level, f"{name} Sungai Raya Kandangan Lama", rts) for code, (level, name, rts) in AREAS.items()}
    made = make(tmp_path, areas=areas, name="Kandangan Utara Sungai Raya Kandangan Lama")
    write_profile(made.office, PERIOD)
    page = html.escape(made.file("profil.html").read_text(encoding="utf-8"))
    frame = tmp_path / "bingkai.html"
    frame.write_text(MEASURE.format(width=width, page=page), encoding="utf-8")
    told = run("--virtual-time-budget=20000", "--dump-dom", frame)
    scroll, wide, colour = re.findall(r'<pre id="told">(.*?)</pre>', told)[0].split("|")
    assert (int(scroll) <= width, wide, colour) == (True, "0", "rgb(18, 63, 109)")


def run(*words: object) -> str:
    """The browser's answer; it has no network."""
    call = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    done = subprocess.run([*map(str, call), *map(str, words)], capture_output=True, text=True, timeout=300, check=True)
    return done.stdout
