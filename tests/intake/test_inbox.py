"""What of the inbox is a file to receive, for which period and kelurahan, and what is passed over or reported."""

from pathlib import Path

import pytest

from pipelines.areas import Area, Register
from pipelines.intake.inbox import look
from pipelines.settings import Office, Places

from .taking import KELURAHAN

OTHER = "63.06.05.1003"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with two kelurahan and an empty inbox."""
    known = {code: Area(code, "kelurahan", code, "63.06.05") for code in (KELURAHAN, OTHER)}
    places = Places(tmp_path)
    places.inbox.mkdir(parents=True)
    return Office(places, KELURAHAN, "Kandangan Utara", Register(known))


def lay(office: Office, *names: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Period, kelurahan and path of what is found, and the paths of what lies where it cannot be received."""
    for name in names:
        file = office.places.inbox / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    found, misplaced = look(office)
    assert all(entry.reason.endswith(".") for entry in misplaced)
    return [(str(f.period), f.kelurahan, f.path) for f in found], [entry.path for entry in misplaced]


def test_places_of_files(office: Office) -> None:
    found, misplaced = lay(office, "2025-Q3/a.xlsx", "2025-Q3/RW 002/RT 005/b.csv", f"2025-Q4/{OTHER}/RT 1/c.ods")
    assert found == [
        ("2025-Q3", KELURAHAN, "RW 002/RT 005/b.csv"),
        ("2025-Q3", KELURAHAN, "a.xlsx"),
        ("2025-Q4", OTHER, "RT 1/c.ods"),
    ]
    assert misplaced == []


@pytest.mark.parametrize(
    "name",
    ["~$data.xlsx", ".~lock.data.ods#", ".DS_Store", "Thumbs.db", "desktop.ini", "data.xlsx.part", "data.crdownload",
     "~$DATA.XLSX", ".~data.xlsx"],
)  # fmt: skip
def test_scratch_files_are_ignored(office: Office, name: str) -> None:
    """Left by other programs: no data, and not worth a word."""
    assert lay(office, f"2025-Q3/RT 005/{name}") == ([], [])


@pytest.mark.parametrize("name", ["a.xlsx", "2025/a.xlsx", "2025-Q5/a.xlsx", "2025-Q3/63.06.05.9999/a.xlsx"])
def test_misplaced_files_are_reported(office: Office, name: str) -> None:
    assert lay(office, name) == ([], [name])


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "foto.jpg", "tanpa akhiran"])
def test_files_of_other_kinds_are_received(office: Office, name: str) -> None:
    """So that the officer hears that they cannot be read."""
    found, _ = lay(office, f"2025-Q3/{name}")
    assert len(found) == 1
