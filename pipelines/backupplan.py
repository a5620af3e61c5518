"""`[backup]` of cantik.toml: where the schedule puts backups, where their passphrase stands, how many stay."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import OfficerError

KEPT = 8  # backups, at most one a day: a week and the day before
EXAMPLE = "[backup] to = 'E:\\cadangan' dan passphrase_file = 'C:\\sandi-cantik.txt'"


@dataclass(frozen=True)
class BackupPlan:
    """A folder outside this office's data; None for a passphrase file is the variable CANTIK_SANDI."""

    folder: Path
    passphrase_file: Path | None
    keep: int


def read_plan(home: Path, table: dict[str, object]) -> BackupPlan | None:
    """The plan; None where no folder is named. Raises OfficerError where it would help nobody."""
    to, file, keep = table.get("to"), table.get("passphrase_file"), table.get("keep", KEPT)
    if to is None:
        return None
    if not isinstance(to, str) or not Path(to).is_absolute() or not isinstance(file, str | None):
        raise OfficerError(f"cantik.toml: tulis tempat cadangan dengan nama lengkap, misalnya {EXAMPLE}.")
    folder, passphrase_file = Path(to), Path(file) if file else None
    if _inside(folder, home / "data"):
        raise OfficerError(
            "cantik.toml: [backup] to jangan di folder data kantor sendiri. Pilih flashdisk atau disk lain."
        )
    if passphrase_file and (_inside(passphrase_file, folder) or _inside(passphrase_file, home / "data")):
        raise OfficerError("cantik.toml: [backup] passphrase_file jangan di tempat cadangan atau di folder data.")
    if isinstance(keep, bool) or not isinstance(keep, int) or keep < 1:
        raise OfficerError(f"cantik.toml: [backup] keep harus bilangan bulat di atas nol, misalnya {KEPT}.")
    return BackupPlan(folder, passphrase_file, keep)


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
