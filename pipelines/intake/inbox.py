"""What lies in the inbox: files to receive, and files that lie where no period or kelurahan can be told."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.areas import KELURAHAN_CODE
from pipelines.errors import OfficerError
from pipelines.periods import Period, parse_period
from pipelines.settings import Office

# Left by Excel, LibreOffice, browsers and file managers: no data, not worth a word.
IGNORED_PREFIXES = ("~$", ".~lock", ".")
IGNORED_SUFFIXES = (".tmp", ".part", ".crdownload", ".lnk", ".db", ".ini")
MAX_PATH = 259  # letters of a whole path on Windows, unless the computer was set up for more
NOWHERE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # letters of no name on Windows
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A file of the inbox; `path` is relative to its period's folder (or its kelurahan's), with forward slashes."""

    period: Period
    kelurahan: str
    path: str
    file: Path


@dataclass(frozen=True)
class Misplaced:
    """A file that cannot be received where it lies, and why. `path` is relative to the inbox."""

    path: str
    reason: str


def is_ignored(name: str) -> bool:
    """Whether a file is another program's scratch file."""
    return name.startswith(IGNORED_PREFIXES) or name.lower().endswith(IGNORED_SUFFIXES)


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device: `aux.csv`, `CON.xlsx`. What is written there is no file."""
    return DEVICE.match(name) is not None


def windows_name(name: str) -> str:
    """A file's name, or the nearest to it that Windows and memory sticks take."""
    possible = NOWHERE.sub("-", name).rstrip(". ")
    return f"_{possible}" if is_device(possible) else possible


def look(office: Office, only: Period | None = None) -> tuple[list[Found], list[Misplaced]]:
    """All files of the inbox in a stable order; `only` limits them to one period.

    Raises OfficerError where there is no inbox.
    """
    inbox = office.places.inbox
    if not inbox.exists():
        raise OfficerError(
            f"Belum ada kotak masuk {inbox}. Buat folder itu, lalu satu folder per periode, misalnya 2025-Q3."
        )
    found, misplaced = [], []
    for file in sorted(p for p in inbox.rglob("*") if p.is_symlink() or not p.is_dir()):
        parts = file.relative_to(inbox).parts
        if any(is_ignored(part) for part in parts):
            continue
        try:
            _check_name(file)
            place = _place(office, parts)
        except OfficerError as reason:
            misplaced.append(Misplaced("/".join(parts), str(reason)))
            continue
        period, kelurahan, rest = place
        if only is None or period == only:
            found.append(Found(period, kelurahan, "/".join(rest), file))
    return found, misplaced


def _check_name(file: Path) -> None:
    """A link may lead out of the inbox to what was never meant to be read: not followed, nor passed over in silence."""
    if file.is_symlink():
        raise OfficerError("Ini pintasan (tautan) ke berkas lain dan tidak diikuti. Salin berkas aslinya ke sini.")
    if not file.is_file():
        if is_device(file.name):
            raise OfficerError("Nama ini dipakai Windows untuk perangkat. Ganti nama berkasnya, lalu ulangi.")
        if len(str(file)) > MAX_PATH:
            raise OfficerError("Nama folder dan berkasnya terlalu panjang untuk Windows. Pendekkan, lalu ulangi.")
        raise OfficerError("Ini bukan berkas biasa, jadi tidak dapat dibaca. Hapus dari kotak masuk.")
    try:
        str(file).encode()
    except UnicodeEncodeError as error:
        raise OfficerError("Nama berkasnya berisi huruf yang rusak. Ganti nama berkas itu, lalu ulangi.") from error


def _place(office: Office, parts: tuple[str, ...]) -> tuple[Period, str, tuple[str, ...]]:
    if len(parts) < 2:
        raise OfficerError("Berkas harus di dalam folder periode, misalnya data/raw/2025-Q3. Pindahkan ke sana.")
    try:
        period = parse_period(parts[0])
    except OfficerError as error:
        raise OfficerError(f"Folder '{parts[0]}' bukan periode. Ganti namanya seperti 2025-Q3.") from error
    if len(parts) > 2 and KELURAHAN_CODE.fullmatch(parts[1]):
        if not office.knows_kelurahan(parts[1]):
            raise OfficerError(f"Kode kelurahan '{parts[1]}' tidak ada dalam daftar wilayah. Periksa nama foldernya.")
        return period, parts[1], parts[2:]
    return period, office.kelurahan, parts[1:]


def newest_period(office: Office) -> Period | None:
    """The newest period that has a folder in the inbox."""
    periods = []
    if office.places.inbox.exists():
        for folder in office.places.inbox.iterdir():
            try:
                periods.append(parse_period(folder.name))
            except OfficerError:
                continue  # not a period's folder; `look` reports it with its files
    return max(periods, default=None)
