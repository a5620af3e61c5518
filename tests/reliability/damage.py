"""Ways in which a disk, a power cut or a virus scanner spoils a file."""

import random
from pathlib import Path

PAGE = 4096
HEADERS = 3 * PAGE  # DuckDB's


def damage(path: Path, moment: random.Random) -> str:
    """Spoil a file in one way; returns which."""
    content = bytearray(path.read_bytes())
    way = moment.choice(("bit", "bit", "bit", "kepala", "halaman", "potong", "sampah"))
    if way == "bit":
        content[moment.randrange(len(content))] ^= 1 << moment.randrange(8)
    elif way == "kepala":
        content[moment.randrange(min(len(content), HEADERS))] ^= 1 << moment.randrange(8)
    elif way == "halaman":
        at = moment.randrange(len(content))
        content[at : at + PAGE] = bytes(len(content[at : at + PAGE]))
    elif way == "potong":
        del content[moment.randrange(len(content)) :]
    else:
        at = moment.randrange(len(content))
        content[at : at + 64] = moment.randbytes(len(content[at : at + 64]))
    path.write_bytes(content)
    return way
