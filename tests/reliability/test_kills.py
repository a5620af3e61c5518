"""Killed at every step of a run, the next undisturbed run ends where one that was never disturbed would have."""

import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from pipelines.errors import OfficerError
from pipelines.safekeeping.backup import back_up, verified
from pipelines.safekeeping.restore import restore
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import rebuild
from pipelines.warehouse.ledger import Receipt, kept_file, read_ledger
from tests.warehouse.office import NOW, nothing
from tests.warehouse.rows import person, write_people

from .office import PASSPHRASE, files, results, whole_run
from .steps import STAGES, steps_of, struck

KILLS_A_STAGE, KILLS_AT_RANDOM = 20, 160


def acknowledged(home: Path) -> list[Receipt]:
    """The receipts of the ledger, after seeing that the bytes of each are kept."""
    receipts = read_ledger(Places(home))
    assert all(kept_file(Places(home), receipt).stat().st_size == receipt.bytes for receipt in receipts)
    return receipts


def unfinished(home: Path) -> list[str]:
    return [path.name for path in home.rglob("*.part")]


def test_killed_at_each_stage_in_turn(tiny_sample: Path, run_sample: Path, tmp_path: Path, tally: Counter[str]) -> None:
    """Each run gets one stage further and dies there; the last one is left alone."""
    home = tmp_path / "kantor"
    shutil.copytree(tiny_sample, home)
    before: list[Receipt] = []
    for stage in STAGES:
        assert struck(whole_run, home, 1, stage), f"no step of the stage '{stage}'"
        now = acknowledged(home)
        assert now[: len(before)] == before
        before = now
        tally["stage"] += 1
    whole_run(home)
    assert results(home) == results(run_sample)
    assert unfinished(home) == []


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_every_step_of_a_stage(
    tiny_sample: Path, run_sample: Path, tmp_path: Path, stage: str, tally: Counter[str]
) -> None:
    steps = steps_of(whole_run, copied(tiny_sample, tmp_path / "tenang"), tmp_path / "langkah.txt")
    many = sum(1 for step in steps if re.match(STAGES[stage], step))
    assert many, "the stage has no step"
    expected = results(run_sample)
    for number in range(max(KILLS_A_STAGE, many)):
        home = copied(tiny_sample, tmp_path / f"padam{number}")
        assert struck(whole_run, home, number % many + 1, stage)
        before = acknowledged(home)
        if number >= many:  # and again, at another step
            struck(whole_run, home, random.Random(number).randint(1, len(steps)))
            assert acknowledged(home)[: len(before)] == before
        whole_run(home)
        assert results(home) == expected, (stage, number)
        assert unfinished(home) == []
        tally["stage"] += 1 + (number >= many)
        shutil.rmtree(home)


def copied(source: Path, home: Path) -> Path:
    shutil.copytree(source, home)
    return home


@pytest.fixture(scope="session")
def later_sample(run_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose inbox has a mended workbook, a new one, and one under a new name since its last run."""
    home = copied(run_sample, tmp_path_factory.mktemp("kemudian") / "kantor")
    inbox = home / "data/raw/2025-Q3"
    first, *_ = sorted(path for path in inbox.iterdir() if path.is_file())
    shutil.copy(first, first.with_name(f"salinan {first.name}"))
    write_people(inbox / "susulan.xlsx", person(1, "Ahmad", rt="009"), person(2, "Noor", kk=2, rt="009"))
    write_people(first, person(3, "Siti", kk=3, rt="001"))
    return home


@pytest.mark.slow
def test_killed_at_random_steps_of_a_later_run(later_sample: Path, tmp_path: Path, tally: Counter[str]) -> None:
    calm = copied(later_sample, tmp_path / "tenang")
    steps = steps_of(whole_run, calm, tmp_path / "langkah.txt")
    expected, moment = results(calm), random.Random(20251001)
    for number in range(KILLS_AT_RANDOM):
        home = copied(later_sample, tmp_path / f"padam{number}")
        before = acknowledged(home)
        for _ in range(moment.choice((1, 1, 2, 3))):
            tally["random"] += struck(whole_run, home, moment.randint(1, len(steps)))
            assert acknowledged(home)[: len(before)] == before
            before = acknowledged(home)
        whole_run(home)
        assert results(home) == expected, number
        assert unfinished(home) == []
        shutil.rmtree(home)


def backing_up(home: Path) -> None:
    back_up(Places(home), home.parent / "usb.cadangan", PASSPHRASE, NOW)


def restoring(home: Path) -> None:
    restore(Places(home), home.parent / "asal.cadangan", PASSPHRASE, True, NOW, nothing)


def rebuilding(home: Path) -> None:
    rebuild(load_office(Places(home)), nothing)
    whole_run(home)


@pytest.mark.parametrize("many", [1, pytest.param(40, marks=pytest.mark.slow)])
def test_a_killed_backup_leaves_the_older_one_and_nothing_that_looks_whole(
    office: Path, tmp_path: Path, many: int, tally: Counter[str]
) -> None:
    usb = tmp_path / "usb.cadangan"
    backing_up(office)
    older, steps = usb.read_bytes(), steps_of(backing_up, office, tmp_path / "langkah.txt")
    # Just before the first it may be whole, after the second it takes its place, the third is its note's.
    written, placed, _ = (number for number, step in enumerate(steps, 1) if step == "fsync")
    for number in range(many):
        newest, moment = usb.read_bytes(), 1 + number * len(steps) // many
        assert struck(backing_up, office, moment)
        tally["other"] += 1
        assert verified(usb, PASSPHRASE)
        assert (usb.read_bytes() == newest) == (moment <= placed)
        for part in tmp_path.glob("*.part"):
            if moment >= written:
                assert verified(part, PASSPHRASE).receipts == len(acknowledged(office))
                continue
            with pytest.raises(OfficerError):
                verified(part, PASSPHRASE)
    assert older != newest or many < len(steps)
    backing_up(office)
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("many", [1, pytest.param(40, marks=pytest.mark.slow)])
def test_a_killed_restore_never_looks_whole_and_is_done_again(
    office: Path, run_sample: Path, tmp_path: Path, many: int, tally: Counter[str]
) -> None:
    """Until the last step there is the old office or none: never one that a command takes for the restored one."""
    backing_up(office)
    (tmp_path / "usb.cadangan").rename(tmp_path / "asal.cadangan")
    write_people(office / "data/raw/2025-Q3/lama.xlsx", person(1, "Ahmad"))
    calm = copied(office, tmp_path / "tenang")
    steps = steps_of(restoring, calm, tmp_path / "langkah.txt")
    moving = next(
        number for number, step in enumerate(steps, 1) if step.startswith("ganti lama-")
    )  # the first part moves out
    moments = [1, *(moving + 1 + number * (len(steps) - moving - 1) // many for number in range(many))]
    for moment in moments:
        home = copied(office, tmp_path / f"padam{moment}")
        assert struck(restoring, home, moment)
        tally["other"] += 1
        if moment <= moving:
            assert {name: digest for name, digest in files(home).items() if "pemulihan" not in name} == files(office)
        else:
            with pytest.raises(OfficerError):
                load_office(Places(home))
        restoring(home)
        assert results(home) == results(run_sample)
        assert not Places(home).unfinished.exists()
        assert any((lama / "data/raw/2025-Q3/lama.xlsx").exists() for lama in home.glob("lama-*"))


@pytest.mark.parametrize("many", [2, pytest.param(40, marks=pytest.mark.slow)])
def test_a_killed_rebuild_is_done_again(
    office: Path, run_sample: Path, tmp_path: Path, many: int, tally: Counter[str]
) -> None:
    steps = steps_of(rebuilding, copied(office, tmp_path / "tenang"), tmp_path / "langkah.txt")
    for number in range(many):
        assert struck(rebuilding, office, 1 + number * len(steps) // many)
        tally["other"] += 1
        assert files(office / "data/warehouse/kept") == files(run_sample / "data/warehouse/kept")
    rebuilding(office)
    assert results(office) == results(run_sample)
    assert not list(office.rglob("*.rusak*"))
