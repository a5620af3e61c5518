"""Two offices with a book: one kelurahan with three quarters, and three kelurahan that share a home."""

import pytest

from pipelines.sample import make_sample
from tests.book.office import Released, released, rename_an_rt
from tests.warehouse.office import take_in_and_hand_out


@pytest.fixture(scope="session")
def one(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """Four RTs over three quarters."""
    home = tmp_path_factory.mktemp("buku")
    for period, persons in (("2025-Q1", 60), ("2025-Q2", 65), ("2025-Q3", 70)):
        make_sample(home, rts=4, persons_per_rt=persons, seed=7, period=period)
    rename_an_rt(home)
    take_in_and_hand_out(home)
    return released(home)


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """Three kelurahan of two RTs."""
    home = tmp_path_factory.mktemp("kecamatan")
    make_sample(home, rts=2, persons_per_rt=60, kelurahan=3, seed=7)
    take_in_and_hand_out(home)
    return released(home)
