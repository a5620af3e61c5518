"""Why a figure moved since an earlier period, with both figures proved against their rows."""

from dataclasses import dataclass

import duckdb

from pipelines.errors import OfficerError
from pipelines.explaining.agreement import check
from pipelines.explaining.asked import Asked, find_cell, find_period
from pipelines.explaining.movement import Move, moves, totals
from pipelines.explaining.trace import Trace, make_rows, trace
from pipelines.settings import Office

REPORTS, REAL, MENDED, OTHER, UNSURE = "laporan", "kejadian", "perbaikan", "ketentuan", "belum_pasti"
# What each kind of move is, in the order of telling, and what it says of the world.
KINDS = {
    "rt_masuk": (REPORTS, "RT yang baru masuk"),
    "rt_keluar": (REPORTS, "RT yang tidak masuk lagi"),
    "rt_ganti": (REPORTS, "RT yang berganti antara rekap dan daftar"),
    "lahir": (REAL, "lahir di antara kedua periode"),
    "dari_rt": (REAL, "pindah dari RT lain"),
    "meninggal": (REAL, "tercatat meninggal"),
    "pindah": (REAL, "tercatat pindah"),
    "ke_rt": (REAL, "pindah ke RT lain"),
    "pergi": (REAL, "tercatat tidak tinggal lagi, hilang, atau pergi"),
    "umur": (REAL, "umur bertambah melewati batas umur"),
    "diperbaiki": (MENDED, "tanggal lahir atau jenis kelamin dibetulkan"),
    "lain_kelamin": (MENDED, "jenis kelamin dibetulkan, jadi masuk rincian lain"),
    "terisi": (MENDED, "keterangan yang dulu kosong kini terisi"),
    "kosong": (MENDED, "keterangan yang dulu terisi kini kosong"),
    "diterima": (MENDED, "dulu tertahan, kini diterima"),
    "tertahan": (MENDED, "dulu diterima, kini tertahan"),
    "garis": (OTHER, "garis kemiskinan berubah"),
    "jawaban": (UNSURE, "jawaban berubah (dibetulkan, atau memang berubah)"),
    "baru": (UNSURE, "baru tercatat (datang, atau dulu terlewat)"),
    "hilang": (UNSURE, "tidak tercatat lagi (pergi, atau kini terlewat atau tertahan)"),
    "kembali": (UNSURE, "dulu tercatat bukan penduduk, kini penduduk"),
    "rt_rekap": (UNSURE, "RT yang angka rekapnya berubah"),
    "tanpa_nik": (UNSURE, "baris tanpa NIK, tidak dapat dicocokkan"),
}


@dataclass(frozen=True)
class Comparison:
    """The older figure and what lies between, in the order of `KINDS`; the parts add up to both differences."""

    older: Asked
    found: Trace
    moves: list[Move]


def find_older(connection: duckdb.DuckDBPyConnection, office: Office, newer: Asked, written: str) -> Asked:
    """The same cell of another period. Raises OfficerError where this is not earlier."""
    period = find_period(connection, written)
    if period >= newer.period:
        raise OfficerError(f"Periode pembanding {period} harus lebih awal daripada {newer.period}.")
    return find_cell(connection, office, newer.entry, newer.breakdown, newer.cell.area, period)


def compare(
    connection: duckdb.DuckDBPyConnection, office: Office, newer: Asked, now: Trace, written: str
) -> Comparison:
    """Explain the difference to an earlier period. Needs `traced` of the newer figure.

    Raises OfficerError where the other period is not earlier, or its figure differs from its rows.
    """
    older = find_older(connection, office, newer, written)
    after = totals(connection, now)
    make_rows(connection, office, older)
    was = trace(connection, older)
    check(older, was)
    found = moves(connection, office, older, newer, (was, totals(connection, was)), (now, after))
    order = list(KINDS)
    return Comparison(older, was, sorted(found, key=lambda move: order.index(move.kind)))
