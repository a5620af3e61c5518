"""Families that live in several RTs, even in several kelurahan: each counts once in every area around it."""

from pathlib import Path

from tests.warehouse.office import ask, count_in
from tests.warehouse.rows import person, write_people

PERIOD = "2025-Q3"
HERE, BESIDE, FAR = "63.06.05.1001", "63.06.05.1002", "63.06.06.1001"  # two of one kecamatan, one of another


def send(home: Path, kelurahan: str, *people: tuple[str, ...], file: str = "rt.xlsx") -> None:
    """A workbook of a kelurahan."""
    write_people(home / "data" / "raw" / PERIOD / kelurahan / file, *people)


def families(home: Path, breakdown: str = "total") -> dict[str, object]:
    """The families behind the population of every area."""
    query = f"SELECT area, households FROM cells WHERE indicator = 'jumlah_penduduk' AND breakdown = '{breakdown}'"
    return {str(area): households for area, households in ask(home, query)}


def test_a_family_counts_once_in_every_area_around_it(tmp_path: Path) -> None:
    settings = tmp_path / "data" / "cantik.toml"
    settings.parent.mkdir()
    settings.write_text(f'[kelurahan]\ncode = "{HERE}"\nname = "Uji"\n', encoding="utf-8")
    # Family 1 lives in two RTs here, beside and far away; 2 in two RTs here; 3 beside and far; 4 and 5 in one place.
    send(tmp_path, HERE, person(1, "Ali", kk=1), person(2, "Budi", kk=1, rt="002", head=False))
    send(tmp_path, HERE, person(3, "Cici", kk=2), person(4, "Dedi", kk=2, rt="003", head=False), file="lain.xlsx")
    send(tmp_path, BESIDE, person(5, "Eko", kk=1, head=False), person(6, "Fajar", kk=3), person(7, "Gani", kk=4))
    send(
        tmp_path, FAR, person(8, "Hadi", kk=1, head=False), person(9, "Ilham", kk=3, head=False), person(10, "J", kk=5)
    )

    count_in(tmp_path)

    for breakdown in ("total", "L", "umur:35-39"):
        told = families(tmp_path, breakdown)
        assert {area: told[area] for area in (HERE, BESIDE, FAR)} == {HERE: 2, BESIDE: 3, FAR: 3}
        assert {area: told[area] for area in ("63.06.05", "63.06.06", "63.06")} == {
            "63.06.05": 4, "63.06.06": 3, "63.06": 5,
        }  # fmt: skip

    # A family that moves out of one kelurahan is counted where it still lives; the others stay as they were.
    send(tmp_path, FAR, person(10, "J", kk=5), person(11, "Kiki", kk=6))
    count_in(tmp_path)
    told = families(tmp_path)
    assert {area: told[area] for area in ("63.06.05", "63.06.06", "63.06")} == {
        "63.06.05": 4, "63.06.06": 2, "63.06": 6,
    }  # fmt: skip
