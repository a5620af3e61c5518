"""Homes that the tests of reliability share: small, so that many runs of them are few seconds."""

import shutil
from pathlib import Path

import pytest

from pipelines.sample import make_sample

from .office import whole_run


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


@pytest.fixture(scope="session")
def tally() -> dict[str, int]:
    """What the tests count for the table that is printed at the end."""
    return {}
