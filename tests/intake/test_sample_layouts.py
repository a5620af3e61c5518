"""Every real file beside the repository is recognised for what it is, with the right counts where it has rows."""

from pathlib import Path

import pytest

from .taking import take

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
REGSOSEK = "v2410__format_impor_dtks_regsosek2022k.xlsx"

# File, its place in the inbox, the layout of each sheet, and by dataset its rows, accepted and held.
REAL = [
    ("history__contoh_penduduk__v18.12.xls", "", {"Desa Senggigi": "OpenSID (contoh v18.12 sampai v20.10)"},
     {"penduduk": (97, 97, 0)}),
    ("v2410__contoh_penduduk.xlsx", "", {"Sheet1": "OpenSID (v2410)"}, {"penduduk": (97, 97, 0)}),
    # The template's own example has a NIK that cannot be one.
    ("v2410__FormatImporExcel.xlsm", "", {"Data Penduduk": "OpenSID (v2410)"}, {"penduduk": (1, 0, 1)}),
    ("v2410__FormatImporRTM.xlsx", "", {"RTM": "OpenSID rumah tangga (RTM)"}, {}),
    # Three of its four families have RT 000, which is none: nobody can tell where they live.
    ("v2410__format_bip_ektp.xls", "", {"Table 1": "BIP e-KTP"}, {"penduduk": (17, 4, 13)}),
    ("v2410__format_bip_ektp.xls", "RT 001/", {"Table 1": "BIP e-KTP"}, {"penduduk": (17, 17, 0)}),
    ("v2410__contoh-data-bdt2015.xlsx", "", {"Sheet1": "BDT 2015"}, {"pendidikan": (6, 6, 0)}),
    (REGSOSEK, "RT 001/", {
        "1.keterangan tempat": "DTKS Regsosek 2022.K (keterangan tempat)",
        "2.keterangan petugas": "DTKS Regsosek 2022.K (keterangan petugas)",
        "3.keterangan perumahan": "DTKS Regsosek 2022.K (keterangan perumahan)",
        "4.ket sos-ek anggota": "DTKS Regsosek 2022.K (anggota keluarga)",
        "5.keikutsertaan program dll": "DTKS Regsosek 2022.K (program dan aset)",
    }, {"pendidikan": (10, 10, 0)}),
    ("mempawah_2026__rt_input.csv", "", {"mempawah_2026__rt_input": "Lembar hitung BPS (isian RT)"},
     {"rekap_penduduk": (37, 37, 0), "rekap_kemiskinan": (37, 37, 0), "rekap_pendidikan": (37, 37, 0)}),
    ("mempawah_2026__expected_book.csv", "",
     {"mempawah_2026__expected_book": "Lembar hitung BPS (buku desa)"},
     {"rekap_penduduk": (37, 37, 0), "rekap_kemiskinan": (37, 37, 0), "rekap_pendidikan": (37, 37, 0)}),
    ("v2410__contoh_penduduk__expected_per_rt.csv", "",
     {"v2410__contoh_penduduk__expected_per_rt": "Rekap penduduk per RT"}, {"rekap_penduduk": (19, 19, 0)}),
]  # fmt: skip

pytestmark = pytest.mark.skipif(
    not all((SAMPLES / name).exists() for name, *_ in REAL),
    reason="the folder of sample files does not lie beside the repository",
)


@pytest.mark.parametrize(
    ("name", "place", "layouts", "counts"), REAL, ids=[f"{place}{name}" for name, place, *_ in REAL]
)
def test_every_real_file(
    name: str, place: str, layouts: dict[str, str], counts: dict[str, tuple[int, int, int]]
) -> None:
    taken = take((SAMPLES / name).read_bytes(), place + name)
    assert {sheet: found for sheet, found in taken.layouts.items() if found} == layouts
    assert {dataset: count for (_, dataset), count in taken.counts.items()} == counts
    assert set(taken.unknown) <= {"Status_Pendataan"}
    assert (taken.reason is None) == bool(counts)


def test_people_of_the_form_of_families() -> None:
    """17 people of four families, men and women as the form says."""
    name = "v2410__format_bip_ektp.xls"
    taken = take((SAMPLES / name).read_bytes(), f"RT 001/{name}")
    assert len(set(taken.values("no_kk"))) == 4
    assert (taken.values("jenis_kelamin").count(1), taken.values("jenis_kelamin").count(2)) == (7, 10)
    assert taken.values("hubungan_keluarga").count(1) == 4
    assert taken.values("ktp_el").count(True) == 11


def test_form_of_regsosek_without_a_place_says_what_it_lacks() -> None:
    taken = take((SAMPLES / REGSOSEK).read_bytes(), REGSOSEK)
    assert taken.reason is not None
    assert taken.reason.startswith("Sheet '4.ket sos-ek anggota': Dikenal sebagai DTKS Regsosek 2022.K")
    assert "RT tidak tertulis di lembar ini" in taken.reason
    assert "'1.keterangan tempat': Nomor KK tersimpan sebagai angka" in taken.reason
