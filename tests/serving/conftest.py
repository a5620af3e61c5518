"""Homes that hold nothing but what is published, and a server of one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving.homes import only_published, with_a_period_before
from tests.serving.running import serving
from tests.warehouse.office import NOW, take_in_and_hand_out


@pytest.fixture(scope="session")
def office(small_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole office with its warehouse, published once; tests that change it copy it first."""
    home = tmp_path_factory.mktemp("kantor") / "kantor"
    shutil.copytree(small_sample, home)
    take_in_and_hand_out(home, NOW)
    return home


@pytest.fixture(scope="session")
def public_home(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of the office, and nothing else, with an earlier quarter."""
    return with_a_period_before(only_published(office, tmp_path_factory.mktemp("terbit") / "kantor"))


@pytest.fixture
def changed_home(office: Path, tmp_path: Path) -> Path:
    """What is published, to be changed."""
    return only_published(office, tmp_path / "terbit")


@pytest.fixture(scope="module")
def client(public_home: Path) -> Iterator[httpx.Client]:
    """A client of a server that every test of a module shares."""
    with serving(public_home) as shared:
        yield shared
