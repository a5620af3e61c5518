"""Numbers of people and families as keys: HMAC-SHA256 under the office's key, 128 bits of it.

The same number has the same key in every dataset and period of an office, another one in every other office. NIK and
card numbers are few enough to try all of them, so without a key a hash of one would tell it within the hour.
"""

import hmac
import secrets

import numpy as np
import pandas as pd

from pipelines.warehouse.key import KEY_BYTES
from schemas import datasets
from schemas.dataset import ISSUED, Dataset
from schemas.kinds import Kind

BYTES = 16


def passing_key() -> bytes:
    """A key for a warehouse in memory, which is forgotten with it."""
    return secrets.token_bytes(KEY_BYTES)


def keyed(frames: dict[str, pd.DataFrame], key: bytes) -> dict[str, pd.DataFrame]:
    """Frames of typed rows by dataset, with the columns from which figures are counted beside the declared ones.

    A number that stands in several datasets of a batch, as nearly all do, is computed once.
    """
    known: dict[str, dict[str, str]] = {}
    return {name: _keyed(datasets()[name], frame, key, known) for name, frame in frames.items()}


def _keyed(dataset: type[Dataset], frame: pd.DataFrame, key: bytes, known: dict[str, dict[str, str]]) -> pd.DataFrame:
    columns = dataset.columns()
    added: dict[str, object] = {}
    for name, kept in dataset.stored().items():
        kind = columns[name].kind
        if kind.pseudonym:
            which, numbers = pd.factorize(frame[name])
            keys = np.array([*_computed(kind, numbers.tolist(), key, known), None], dtype=object)  # -1 is the last
            added[kept] = pd.array(keys[which], dtype="str")
    if number := dataset.declared().get(ISSUED):
        # A temporary number that begins with 0 is no NIK.
        added[ISSUED] = frame[number].notna() & ~frame[number].str.startswith("0").fillna(False).astype(bool)
    return frame.assign(**added)


def _computed(kind: Kind, numbers: list[str], key: bytes, known: dict[str, dict[str, str]]) -> list[str]:
    """The pseudonym of each number, as the hexadecimal digits of a UUID column. What all have in common is hashed once.

    The kind's name keeps NIK and card numbers apart.
    """
    label = type(kind).__name__
    found = known.setdefault(label, {})
    begun = hmac.new(key, f"warehouse:{label}|".encode(), "sha256")
    for number in numbers:
        if number not in found:
            text = begun.copy()
            text.update(number.encode())
            found[number] = text.digest()[:BYTES].hex()
    return [found[number] for number in numbers]
