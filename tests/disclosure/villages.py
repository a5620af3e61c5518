"""Random small villages straight in a warehouse: few families an RT, shares that are often none or all.

Each village lies in a kabupaten of its own, so that what is published of one tells nothing of another.
"""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.periods import Period
from pipelines.warehouse.store import connect

RNG = np.random.Generator
RATES = (0.0, 0.02, 0.1, 0.3, 0.6, 0.95, 1.0)
REGISTERS = ("penduduk", "kesejahteraan", "pendidikan", "ketenagakerjaan")


def write_villages(period: Period, many: int, seed: int, warehouse: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A warehouse (in memory, or a file) with so many villages, ready to be measured."""
    rng = np.random.default_rng(seed)
    drawn: dict[str, list[pd.DataFrame]] = {}
    for receipt in range(1, many + 1):
        kelurahan = f"{10 + receipt // 90}.{1 + receipt % 90:02}.01.1001"
        for dataset, rows in _village(rng, kelurahan, receipt).items():
            drawn.setdefault(dataset, []).append(rows.assign(receipt=receipt, row=np.arange(len(rows)) + 2))
    connection = connect(warehouse)
    for dataset, frames in drawn.items():
        connection.register("drawn", pd.concat(frames).assign(sheet=1, period=str(period)))
        connection.execute(f"INSERT INTO {dataset} BY NAME SELECT * FROM drawn")
        connection.execute(
            "INSERT INTO slices SELECT receipt, period, $1, area, count(*), 0, NULL FROM drawn "
            "GROUP BY receipt, period, area",
            [dataset],
        )
        connection.execute(
            "INSERT INTO sheets SELECT receipt, 1, $1, count(*), count(*), 0, '{}' FROM drawn GROUP BY receipt",
            [dataset],
        )
    return connection


def _village(rng: RNG, kelurahan: str, number: int) -> dict[str, pd.DataFrame]:
    rts = [
        f"{kelurahan}-{rw:03}-{rt:03}"
        for rw in range(1, rng.integers(1, 4) + 1)
        for rt in range(1, rng.integers(1, 4) + 1)
    ]
    families = _families(rng, rts, number)
    people = _people(rng, families)
    tables = {
        "penduduk": people.drop(columns=["usia"]),
        "kesejahteraan": families.drop(columns=["anggota"]),
        "pendidikan": _schooling(rng, people[people["usia"] >= 5]),
        "ketenagakerjaan": _work(rng, people[people["usia"] >= 15]),
        "rekap_penduduk": counts(rng, rts),
    }
    silent = {name: set(rng.choice(rts, size=rng.integers(0, 2), replace=False)) for name in REGISTERS}
    return {name: rows[~rows["area"].isin(silent.get(name, set()))] for name, rows in tables.items()}


def _yes(rng: RNG, many: int) -> np.ndarray:
    return rng.random(many) < rng.choice(RATES)


def _some(rng: RNG, many: int, codes: int) -> pd.Series:
    """Mostly the first code, the others as rare or common as it falls, a few unknown."""
    drawn = np.where(_yes(rng, many), rng.integers(1, codes + 1, many), 1)
    return pd.Series(drawn).astype("Int64").mask(rng.random(many) < 0.02)


def _families(rng: RNG, rts: list[str], number: int) -> pd.DataFrame:
    areas = np.repeat(rts, rng.integers(1, 25, size=len(rts)))
    many = len(areas)
    members = rng.integers(1, 7, size=many)
    poor = _yes(rng, many)
    return pd.DataFrame(
        {
            "area": areas,
            "family_key": [f"{number:016}{family:016}" for family in range(many)],
            "anggota": members,
            "jumlah_anggota": members,
            "pengeluaran_bulanan": members * np.where(poor, 400_000, 900_000) + rng.integers(0, 90_000, many),
            "desil": np.where(_yes(rng, many), rng.integers(1, 5, many), rng.integers(5, 11, many)),
            "pkh": _yes(rng, many),
            "bpnt": _yes(rng, many),
            "blt": _yes(rng, many),
            "pbi_jk": np.where(_yes(rng, many), members, 0),
            "luas_lantai": np.where(_yes(rng, many), 100, 5),
            "jenis_lantai": 1,
            "jenis_dinding": 1,
            "jenis_atap": 1,
            "sumber_air_minum": np.where(_yes(rng, many), 3, 9),
            "sumber_air_mandi": 3,
            "fasilitas_bab": np.where(_yes(rng, many), 1, 6),
            "jenis_kloset": 1,
            "pembuangan_tinja": 1,
            "sumber_penerangan": np.where(_yes(rng, many), 4, 1),
            "bahan_bakar_masak": np.where(_yes(rng, many), 10, 4),
            "status_rumah": np.where(_yes(rng, many), 2, 1),
        }
    )


def _people(rng: RNG, families: pd.DataFrame) -> pd.DataFrame:
    rows = families.loc[families.index.repeat(families["anggota"]), ["area", "family_key"]].reset_index(drop=True)
    many = len(rows)
    head = ~rows["family_key"].duplicated()
    age = np.where(head, rng.integers(18, 80, size=many), rng.integers(0, 70, size=many))
    missing = _yes(rng, many) & (rng.random(many) < 0.2)
    return rows.assign(
        person_key=[None if none else f"{card[:16]}{n:016}" for n, (card, none) in enumerate(
            zip(rows["family_key"], missing, strict=True))],
        nik_terbit=~missing,
        usia=age,
        jenis_kelamin=rng.integers(1, 3, size=many),
        tanggal_lahir=pd.to_datetime([f"{2025 - years}-03-03" for years in age]),
        hubungan_keluarga=np.where(head, 1, 4),
        agama=_some(rng, many, 7),
        status_perkawinan=_some(rng, many, 4),
        pekerjaan=np.array(["Petani/Pekebun", "Wiraswasta", "Karyawan Swasta", "Penambang Intan"])[
            _some(rng, many, 4).fillna(1).astype(int) - 1
        ],
        akta_lahir=_yes(rng, many),
        ktp_el=_yes(rng, many),
        disabilitas=np.where(_yes(rng, many), rng.integers(1, 7, many), 0),
        tinggal=True,
        status_dasar=1,
    )  # fmt: skip


def _schooling(rng: RNG, people: pd.DataFrame) -> pd.DataFrame:
    many = len(people)
    attends, age = _yes(rng, many), people["usia"]
    return people[["area", "person_key"]].assign(
        partisipasi=np.where(attends, 2, np.where(_yes(rng, many), 1, 3)),
        jenjang=np.select([age < 13, age < 16, (age < 19) | _yes(rng, many)], [1, 2, 3], 7),
        kelas=np.where(_yes(rng, many), 8, rng.integers(1, 4, size=many)),
        ijazah=np.where(_yes(rng, many) & (age > 17), rng.integers(3, 10, many), rng.integers(0, 3, many)),
        baca_tulis=_yes(rng, many),
        pip=_yes(rng, many),
    )


def _work(rng: RNG, people: pd.DataFrame) -> pd.DataFrame:
    many = len(people)
    answers = dict.fromkeys(("sementara_tidak_bekerja", "mempersiapkan_usaha", "putus_asa", "sudah_diterima"), False)
    return people[["area", "person_key"]].assign(
        bekerja=_yes(rng, many),
        mencari_kerja=_yes(rng, many),
        ikut_pelatihan=_yes(rng, many),
        jam_kerja=np.where(_yes(rng, many), 20, 40),
        status_pekerjaan=np.where(_yes(rng, many), 1, 4),
        **answers,
    )


def counts(rng: RNG, rts: list[str]) -> pd.DataFrame:
    many = len(rts)
    young, grown, old = rng.integers(2, 40, many), rng.integers(18, 60, many), rng.integers(0, 20, many)
    men = rng.integers(5, 15, many)
    return pd.DataFrame(
        {
            "area": rts,
            "penduduk_laki_laki": men,
            "penduduk_perempuan": young + grown + old - men,
            "umur_0_14": young,
            "umur_15_64": grown,
            "umur_65_ke_atas": old,
            "lansia": old + rng.integers(0, 8, many),
            "jumlah_kk": rng.integers(1, 20, many),
            "kelahiran": rng.integers(0, 3, many),
            "kematian": rng.integers(0, 3, many),
            "pendatang": rng.integers(0, 40, many),
            "pindah": rng.integers(0, 20, many),
        }
    )
