"""Products are made anew where what makes them changes."""

import shutil
from pathlib import Path

import pytest

from pipelines.publishing.stamps import ROOMS, digest_of, parts_of


@pytest.mark.parametrize("changed", ["typeset.py", "numbers.py", "profile/profil.typ", "codebook/katalog.typ"])
def test_a_change_anywhere_in_the_room_is_another_digest(changed: str, tmp_path: Path) -> None:
    room = shutil.copytree(ROOMS[0], tmp_path / "room", ignore=shutil.ignore_patterns("__pycache__"))
    before = digest_of(parts_of(room))
    (room / "__pycache__").mkdir()
    (room / "__pycache__" / "numbers.cpython-311.pyc").write_bytes(b"compiled")
    assert digest_of(parts_of(room)) == before
    part = room / changed
    part.write_bytes(part.read_bytes() + b"\n")
    assert digest_of(parts_of(room)) != before
