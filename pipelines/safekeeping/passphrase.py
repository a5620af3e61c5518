"""Where the passphrase comes from: a file, the environment, or the person at the keyboard; never the command line."""

import getpass
import os
import sys
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.screen import somebody_answers

VARIABLE = "CANTIK_SANDI"
SHORTEST = 12  # characters; scrypt slows a guesser, it does not save a short word


def passphrase_for_sealing(file: str | None) -> str:
    """A passphrase to seal with; typed, it is asked for twice. Raises OfficerError for a short one."""
    chosen = _given(file)
    if chosen is None:
        chosen = _typed("Kata sandi cadangan: ")
        if chosen != _typed("Ulangi kata sandi: "):
            raise OfficerError("Dua kata sandi itu tidak sama. Ulangi perintahnya.")
    if len(chosen) < SHORTEST:
        raise OfficerError(
            f"Kata sandi cadangan paling sedikit {SHORTEST} huruf, misalnya empat kata yang mudah diingat."
        )
    return chosen


def passphrase_for_opening(file: str | None) -> str:
    """The passphrase of an existing backup."""
    chosen = _given(file)
    return _typed("Kata sandi cadangan: ") if chosen is None else chosen


def _given(file: str | None) -> str | None:
    if file is None:
        return os.environ.get(VARIABLE) or None
    try:
        lines = Path(file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise OfficerError(f"Berkas kata sandi {file} tidak terbaca. Periksa nama dan isinya.") from None
    if not lines or not lines[0].strip():
        raise OfficerError(f"Berkas kata sandi {file} kosong. Tulis kata sandi di baris pertamanya.")
    return lines[0].strip()


def _typed(question: str) -> str:
    if not somebody_answers():
        raise OfficerError(
            f"Kata sandi tidak dapat ditanyakan di sini. Pakai --sandi-dari BERKAS atau variabel {VARIABLE}."
        )
    return getpass.getpass(question, stream=sys.stderr)
