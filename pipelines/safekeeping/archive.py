"""A backup's inside: a plain tar of a home's files, and last a list of them, without which it is not whole."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from pipelines.errors import OfficerError
from pipelines.safekeeping.holdings import Holding
from pipelines.safekeeping.sealed import DAMAGED, OpeningReader, SealingWriter

LIST = "isi.json"
ROOM = "data"  # a backup holds files of this folder of a home only
BLOCK = 2**16


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself: when it was made, how many receipts it holds, and its files with their hashes."""

    made_at: str
    receipts: int
    files: dict[str, str]


def write_archive(out: BinaryIO, passphrase: str, saved: Iterable[Holding], made_at: str, receipts: int) -> Contents:
    """Write a sealed archive. The same bytes under several names are stored once, as hard links of the tar."""
    sealing, files, first = SealingWriter(out, passphrase), {}, dict[str, str]()
    with tarfile.open(fileobj=sealing, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK) as tar:
        for holding in saved:
            digest = hashlib.sha256(holding.content).hexdigest()
            entry = tarfile.TarInfo(holding.path)
            if digest in first:
                entry.type, entry.linkname = tarfile.LNKTYPE, first[digest]
                tar.addfile(entry)
            else:
                entry.size = len(holding.content)
                tar.addfile(entry, io.BytesIO(holding.content))
            files[holding.path] = digest
            first.setdefault(digest, holding.path)
        contents = Contents(made_at, receipts, files)
        told = json.dumps(asdict(contents)).encode()
        entry = tarfile.TarInfo(LIST)
        entry.size = len(told)
        tar.addfile(entry, io.BytesIO(told))
    sealing.finish()
    return contents


def read_archive(
    source: BinaryIO, passphrase: str, take: Callable[[str, bytes], None], copy: Callable[[str, str], None]
) -> Contents:
    """Read a sealed archive to its end: `take(path, content)` for each file, `copy(path, of)` for one like an earlier.

    Raises OfficerError for whatever is not a whole backup; only then is anything that was taken worth keeping.
    """
    opening, seen, contents = OpeningReader(source, passphrase), dict[str, str](), None
    try:
        with tarfile.open(fileobj=opening, mode="r|", bufsize=BLOCK) as tar:
            for entry in tar:
                file = tar.extractfile(entry) if entry.isreg() else None
                if contents is not None:
                    raise OfficerError(DAMAGED)
                if entry.type == tarfile.LNKTYPE:
                    copy(_inside(entry.name), entry.linkname)
                    seen[entry.name] = seen[entry.linkname]
                elif file is None:
                    raise OfficerError(DAMAGED)
                elif entry.name == LIST:
                    contents = Contents(**json.loads(file.read()))
                else:
                    content = file.read()
                    take(_inside(entry.name), content)
                    seen[entry.name] = hashlib.sha256(content).hexdigest()
        while opening.read(BLOCK):
            pass  # the end of the tar is not yet the end of the file
    except (tarfile.TarError, ValueError, TypeError, KeyError) as error:
        raise OfficerError(DAMAGED) from error
    if contents is None or contents.files != seen:
        raise OfficerError(DAMAGED)
    return contents


def _inside(name: str) -> str:
    """The place, after seeing that it lies in the home on every system."""
    parts = PurePosixPath(name).parts
    strange = "\\" in name and os.sep == "\\"
    if not parts or parts[0] != ROOM or ".." in parts or name != "/".join(parts) or strange:
        raise OfficerError(DAMAGED)
    return name
