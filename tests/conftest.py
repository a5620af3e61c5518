"""What the tests share: homes on disk and the program itself."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

os.environ["OPENPYXL_LXML"] = "False"  # an office has no lxml, which comes with a judge of our workbooks

from pipelines.cli import main
from pipelines.sample import make_sample
from tests.warehouse.office import reading_here

Cantik = Callable[..., "subprocess.CompletedProcess[str]"]

CONFIG = """
[kelurahan]
code = "63.06.05.1002"
name = "Kandangan Utara"
[poverty_line]
"2025-Q3" = 598545
"""


@pytest.fixture
def cantik() -> Cantik:
    """Run the program as an officer does; `home` becomes CANTIK_HOME."""

    def call(home: Path | None, *words: str, **extra: str) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | ({"CANTIK_HOME": str(home)} if home else {}) | extra
        return subprocess.run(
            [sys.executable, "-m", "pipelines", *words],
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def here() -> Cantik:
    """The same call within this process: a second less for each, where not the process is what a test is about."""

    def call(home: Path | None, *words: str, **extra: str) -> "subprocess.CompletedProcess[str]":
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        environment = ({"CANTIK_HOME": str(home)} if home else {}) | extra
        with patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(err):
            code = main(words)
        said, told = (stream.buffer.getvalue().decode().replace("\r\n", "\n") for stream in (out, err))  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(words, code, said, told)

    return call


@pytest.fixture
def read_here() -> Iterator[None]:
    """Read the few harmless workbooks of a test without a process for each."""
    with reading_here():
        yield


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office without a register and with an empty inbox for 2025-Q3."""
    folder = tmp_path / "kantor"
    (folder / "data" / "raw" / "2025-Q3").mkdir(parents=True)
    (folder / "data" / "cantik.toml").write_text(CONFIG, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample of eight RTs with the mistakes of the field; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("contoh")
    make_sample(folder, rts=8, persons_per_rt=60, seed=7)
    return folder
