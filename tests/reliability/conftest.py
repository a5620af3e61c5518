"""Homes that the tests of reliability share: small, so that many runs of them are few seconds."""

import shutil
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from pipelines.sample import make_sample

from .office import whole_run
from .table import table

COUNTED: Counter[str] = Counter()


@pytest.fixture(scope="session")
def tiny_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three RTs with the mistakes of the field, not yet run."""
    home = tmp_path_factory.mktemp("kecil")
    make_sample(home, rts=3, persons_per_rt=15, seed=7)
    (home / "truth.json").unlink()  # no part of an office
    return home


@pytest.fixture(scope="session")
def run_sample(tiny_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after an undisturbed run."""
    home = tmp_path_factory.mktemp("jadi") / "kantor"
    shutil.copytree(tiny_sample, home)
    whole_run(home)
    return home


@pytest.fixture
def office(run_sample: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    home = tmp_path / "kantor"
    shutil.copytree(run_sample, home)
    return home


@pytest.fixture
def tally() -> "Counter[str]":
    """What a test counts; it is added to the table where the test passes."""
    return Counter()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `-m slow` run all that the table counts: some of its rows have nothing slow to them."""
    if config.option.markexpr == "slow":
        for item in items:
            if isinstance(item, pytest.Function) and "tally" in item.fixturenames:
                item.add_marker("slow")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Send what was counted along with the verdict: tests may run in several processes."""
    report = yield
    if report.when == "call" and report.passed and isinstance(item, pytest.Function) and "tally" in item.funcargs:
        report.user_properties.append(("tally", dict(item.funcargs["tally"])))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what the processes counted."""
    for name, counted in report.user_properties:
        if name == "tally":
            COUNTED.update(counted)  # type: ignore[arg-type]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured, where anything was."""
    if COUNTED:
        terminalreporter.write_sep("=", "reliability")
        for line in table(COUNTED):
            terminalreporter.write_line(line)
