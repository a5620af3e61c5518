"""Backups by the plan of cantik.toml: when one is due, which stay, where the passphrase does not go."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from pipelines.errors import OfficerError
from pipelines.safekeeping.backup import verified
from pipelines.safekeeping.planned import is_due, remove_older
from pipelines.safekeeping.sealed import NAME
from pipelines.settings import Places, load_office
from tests.conftest import Cantik

from .office import PASSPHRASE, whole_run
from .remains import found_in


def plan(home: Path, usb: Path, passphrase_file: Path, keep: int = 2) -> None:
    with (home / "data/cantik.toml").open("a", encoding="utf-8") as config:
        config.write(f"\n[backup]\nto = '{usb}'\npassphrase_file = '{passphrase_file}'\nkeep = {keep}\n")


def test_a_planned_backup_is_whole_and_only_the_last_ones_stay(
    cantik: Cantik, here: Cantik, office: Path, tmp_path: Path
) -> None:
    usb, secret = tmp_path / "usb", tmp_path / "sandi.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    plan(office, usb, secret)
    done = here(office, "backup")
    assert (done.returncode, "Pasang flashdisknya" in done.stderr) == (2, True)

    usb.mkdir()
    assert cantik(office, "backup").returncode == 0
    [first] = usb.iterdir()
    assert verified(first, PASSPHRASE).receipts > 0
    for day in ("2025-01-01", "2025-01-02", "2099-01-01"):
        shutil.copy(first, usb / f"cantik-{day}.cadangan")
    for foreign in ("cantik-2024-01-01.cadangan", "foto.jpg"):
        (usb / foreign).write_bytes(b"bukan cadangan")
    done = here(office, "backup")
    assert done.returncode == 0, done.stderr
    assert "2 yang lebih lama dihapus" in done.stderr
    left = {path.name for path in usb.iterdir()}
    assert left == {first.name, "cantik-2099-01-01.cadangan", "cantik-2024-01-01.cadangan", "foto.jpg"}
    assert found_in(office, [PASSPHRASE]) == {}
    assert PASSPHRASE not in done.stderr


def test_one_is_due_after_each_run_and_a_failed_one_after_the_next(office: Path, tmp_path: Path) -> None:
    assert not is_due(load_office(Places(office)), None)  # nothing planned
    plan(office, tmp_path / "usb", tmp_path / "sandi.txt")
    planned = load_office(Places(office))
    assert is_due(planned, None)
    assert not is_due(planned, dt.datetime.now())
    before = dt.datetime.now() - dt.timedelta(hours=1)
    whole_run(office, dt.datetime.now())
    assert is_due(planned, before)


def test_of_dated_backups_the_last_stay_and_the_one_just_made(tmp_path: Path) -> None:
    days = ["1970-01-01", "2025-01-01", "2025-01-02", "2025-01-03"]
    made = [tmp_path / f"cantik-{day}.cadangan" for day in days]
    for path in made:
        path.write_bytes(NAME)
    assert remove_older(tmp_path, 2, made[0]) == [made[1]]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("to = 'usb'", "nama lengkap"),
        ("to = 5", "nama lengkap"),
        ("to = '{home}/data/cadangan'", "jangan di folder data"),
        ("to = '{home}/usb'\npassphrase_file = '{home}/usb/sandi.txt'", "jangan di tempat cadangan"),
        ("to = '{home}/usb'\nkeep = 0", "di atas nol"),
    ],
)
def test_a_plan_that_would_help_nobody_is_refused(home: Path, written: str, said: str) -> None:
    with (home / "data/cantik.toml").open("a", encoding="utf-8") as config:
        config.write(f"\n[backup]\n{written.format(home=home)}\n")
    with pytest.raises(OfficerError, match=said):
        load_office(Places(home))
