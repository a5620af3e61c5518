"""What a fault that no code of ours foresaw most likely is, in an officer's words: a full disk or a damaged store."""

import errno

from pipelines.errors import OfficerError
from pipelines.settings import Places

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_IN_WORDS = ("no space left", "not enough space", "disk quota", "file too large")  # as DuckDB passes them on
DISK_FULL = "Disk penuh, pekerjaan dihentikan dan tidak ada yang hilang. Kosongkan ruang disk, lalu ulangi."


def diagnosed(places: Places, fault: BaseException) -> OfficerError | None:
    """The officer's sentence for a fault, found by looking at the disk and the stores; None where they are sound."""
    if is_disk_full(fault):
        return OfficerError(DISK_FULL)
    found = troubles(places)
    return OfficerError(found[0]) if found else None


def troubles(places: Places) -> list[str]:
    """A sentence for each damaged store; a store that another process writes to is not looked at."""
    from pipelines.accesslog import damaged_log
    from pipelines.opening import damaged, is_sound
    from pipelines.publishing.kept import damaged_releases
    from pipelines.warehouse.mending import sound_ledger

    found = []
    for store in (places.warehouse, places.published):
        try:
            if store.exists() and not is_sound(store):
                found.append(damaged(store))
        except OfficerError:
            continue
    try:
        sound_ledger(places)
    except OfficerError as told:
        if str(told) not in found:
            found.append(str(told))
    return found + damaged_releases(places.releases) + damaged_log(places)


def is_disk_full(fault: BaseException) -> bool:
    """Whether a disk that takes no more is behind a fault of ours, of the system or of DuckDB.

    The fault that is raised may be another one: that a transaction which failed so cannot be rolled back any more.
    """
    behind: BaseException | None = fault
    while behind is not None:
        words = str(behind).lower()
        if (isinstance(behind, OSError) and behind.errno in FULL) or any(said in words for said in FULL_IN_WORDS):
            return True
        behind = behind.__cause__ or behind.__context__
    return False
