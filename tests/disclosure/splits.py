"""What an outsider knows of distributions: which codes add up to what, by definition. Not taken from the catalogue."""

AGES = [*(f"{a}-{a + 4}" for a in range(0, 75, 5)), "75+"]
OF_SEX = {"umur_L": "L", "umur_P": "P"}  # the breakdown that a dimension adds up to; of all others the total
UNKNOWN = "x"

# (indicator, part, breakdown) is the sum of these codes of (indicator, dimension), wherever the same RTs reported both.
SUMS: list[tuple[tuple[str, str, str], tuple[str, str], list[str]]] = [
    *(
        (((indicator, part, breakdown)), ("jumlah_penduduk", dimension), ages)
        for breakdown, dimension in {"total": "umur", "L": "umur_L", "P": "umur_P"}.items()
        for indicator, part, ages in (
            ("rasio_ketergantungan_muda", "N", AGES[:3]),
            ("rasio_ketergantungan_muda", "D", AGES[3:13]),
            ("rasio_ketergantungan_tua", "N", AGES[13:]),
            ("jumlah_lansia", "N", AGES[12:]),
            ("penduduk_usia_kerja", "N", AGES[3:]),
        )
    ),
    (("rasio_anak_wanita", "N", "total"), ("jumlah_penduduk", "umur"), AGES[:1]),
    (("rasio_anak_wanita", "D", "total"), ("jumlah_penduduk", "umur_P"), AGES[3:10]),
    (("persentase_keluarga_desil_1_4", "N", "total"), ("keluarga_menurut_desil", "desil"), ["1", "2", "3", "4"]),
    (("persentase_keluarga_desil_1_5", "N", "total"), ("keluarga_menurut_desil", "desil"), ["1", "2", "3", "4", "5"]),
    (("ijazah_sma_ke_atas", "N", "total"), ("ijazah_tertinggi", "ijazah"), list("3456789")),
    (("jumlah_putus_sekolah", "N", "total"), ("anak_tidak_sekolah_7_18", "alasan_ats"), ["DO", "LTM", UNKNOWN]),
]
# The same where an RT that was not asked has nobody of these codes: whoever is unknown there has the code `x`.
SUMS_ANYWHERE = [
    (("persentase_disabilitas", "N", "total"), ("jumlah_penduduk", "disabilitas"), list("123456")),
    (("persentase_disabilitas", "D", "total"), ("jumlah_penduduk", "disabilitas"), list("0123456")),
]
SAME_DENOMINATOR = [
    ("persentase_keluarga_desil_1_4", "keluarga_menurut_desil"),
    ("persentase_keluarga_desil_1_5", "keluarga_menurut_desil"),
    ("ijazah_sma_ke_atas", "ijazah_tertinggi"),
]
SIZES = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7}  # of families, in residents; then "8+"
LARGEST = 20  # residents of a family, at most


def whole_of(dimension: str) -> str:
    """The breakdown that a dimension's codes add up to."""
    return OF_SEX.get(dimension, "total")
