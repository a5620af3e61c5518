"""What a fault that no code of ours foresaw most likely is, in an officer's words: a full disk or a damaged store."""

import errno
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.intake.inbox import MAX_PATH
from pipelines.replacing import IN_USE
from pipelines.settings import Places

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_IN_WORDS = ("no space left", "not enough space", "disk quota", "file too large")  # as DuckDB passes them on
DISK_FULL = "Disk penuh, pekerjaan dihentikan dan tidak ada yang hilang. Kosongkan ruang disk, lalu ulangi."
TOO_LONG = (
    "Nama folder dan berkasnya terlalu panjang untuk komputer ini. Pindahkan kantor ke folder yang pendek, misalnya "
    "C:\\cantik, lalu ulangi."
)
WINDOWS_IN_USE, WINDOWS_TOO_LONG = (5, 32, 33), 206  # denied, shared, locked; a name out of its range
CORRUPT = ("corrupt database file", "corrupt wal file", "could not read enough bytes", "serialization error")


def diagnosed(places: Places, fault: BaseException) -> OfficerError | None:
    """The officer's sentence for a fault, found by looking at the disk and the stores; None where they are sound."""
    if is_disk_full(fault):
        return OfficerError(DISK_FULL)
    for behind in _behind(fault):
        if isinstance(behind, OSError) and (told := refused(places, behind)):
            return OfficerError(told)
    found = troubles(places)
    if not found and _says(fault, CORRUPT):  # in what is only read to write: an index of the warehouse
        from pipelines.opening import damaged

        found = [damaged(places.warehouse)]
    return OfficerError(found[0]) if found else None


def troubles(places: Places) -> list[str]:
    """A sentence for each damaged store; a store that another process writes to is not looked at."""
    from pipelines.accesslog import damaged_log
    from pipelines.opening import BUSY, connect_read_only, damaged, is_sound, opening
    from pipelines.publishing.kept import damaged_releases
    from pipelines.warehouse.key import LOST, has_key
    from pipelines.warehouse.mending import sound_ledger

    found = []
    for store in (places.warehouse, places.identities, places.published):
        try:
            if store.exists() and not is_sound(store):
                found.append(damaged(store))
        except OfficerError:
            continue
    try:
        if places.warehouse.exists() and damaged(places.warehouse) not in found:
            # Reading by name takes an index, of which `is_sound` reads nothing.
            with opening(places.warehouse), connect_read_only(places.warehouse) as connection:
                found += [] if has_key(places, connection) else [LOST]
    except OfficerError as told:
        if str(told) != BUSY:
            found.append(str(told))
    try:
        sound_ledger(places)
    except OfficerError as told:
        if str(told) not in found:
            found.append(str(told))
    return found + damaged_releases(places.releases) + damaged_log(places)


def refused(places: Places, fault: OSError) -> str:
    """The sentence for a file that the system does not let us write, read or take away; empty for other faults.

    It names the file only where the name is one of ours: a sender's may hold a person's.
    """
    if fault.errno == errno.ENAMETOOLONG or getattr(fault, "winerror", None) == WINDOWS_TOO_LONG or _too_long(fault):
        return TOO_LONG
    if isinstance(fault, PermissionError) or getattr(fault, "winerror", None) in WINDOWS_IN_USE:
        path = Path(str(fault.filename2 or fault.filename or ""))
        ours = path.name and any(path.is_relative_to(folder) for folder in (places.store, places.reports))
        return IN_USE.format(path.name if ours else "Ada berkas yang")
    return ""


def _too_long(fault: OSError) -> bool:
    """Whether Windows says that a file is not there because its path is too long."""
    return sys.platform == "win32" and fault.errno == errno.ENOENT and len(str(fault.filename or "")) > MAX_PATH


def is_disk_full(fault: BaseException) -> bool:
    """Whether a disk that takes no more is behind a fault of ours, of the system or of DuckDB."""
    return any(isinstance(f, OSError) and f.errno in FULL for f in _behind(fault)) or _says(fault, FULL_IN_WORDS)


def _says(fault: BaseException, words: Iterable[str]) -> bool:
    return any(said in str(f).lower() for f in _behind(fault) for said in words)


def _behind(fault: BaseException) -> Iterator[BaseException]:
    """A fault and those behind it: that a transaction cannot be rolled back is said last, why not first."""
    behind: BaseException | None = fault
    while behind is not None:
        yield behind
        behind = behind.__cause__ or behind.__context__
