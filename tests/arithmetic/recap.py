"""What a count sheet gives where an RT sends no register for it (the contract's list)."""

from typing import NamedTuple

from .records import Recap

Sheets = dict[str, Recap]


class RecapParts(NamedTuple):
    """Numerator, denominator (none for a count) and families; families are None where no column says it."""

    numerator: int
    denominator: int | None
    families: int | None


class Rule(NamedTuple):
    """The columns that add up to the numerator, to the denominator, and the one that counts the families."""

    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    families: str | None = None
    minus: tuple[str, ...] = ()


PERSONS = ("penduduk_laki_laki", "penduduk_perempuan")
WORKING_AGE = ("umur_15_64",)

RULES: dict[tuple[str, str], Rule] = {
    ("jumlah_penduduk", "total"): Rule(PERSONS, families="jumlah_kk"),
    ("jumlah_penduduk", "L"): Rule(PERSONS[:1]),
    ("jumlah_penduduk", "P"): Rule(PERSONS[1:]),
    ("rasio_jenis_kelamin", "total"): Rule(PERSONS[:1], PERSONS[1:]),
    ("jumlah_keluarga", "total"): Rule(("jumlah_kk",), families="jumlah_kk"),
    ("rata_rata_anggota_keluarga", "total"): Rule(PERSONS, ("jumlah_kk",), "jumlah_kk"),
    ("rasio_ketergantungan", "total"): Rule(("umur_0_14", "umur_65_ke_atas"), WORKING_AGE),
    ("rasio_ketergantungan_muda", "total"): Rule(("umur_0_14",), WORKING_AGE),
    ("rasio_ketergantungan_tua", "total"): Rule(("umur_65_ke_atas",), WORKING_AGE),
    ("penduduk_usia_kerja", "total"): Rule(("umur_15_64", "umur_65_ke_atas")),
    ("jumlah_lansia", "total"): Rule(("lansia",)),
    ("persentase_lansia", "total"): Rule(("lansia",), PERSONS, "jumlah_kk"),
    ("jumlah_kelahiran", "total"): Rule(("kelahiran",)),
    ("jumlah_kematian", "total"): Rule(("kematian",)),
    ("migrasi_neto", "total"): Rule(("pendatang",), minus=("pindah",)),
    ("keluarga_penerima_pkh", "total"): Rule(("penerima_pkh",), families="penerima_pkh"),
    ("keluarga_penerima_bpnt", "total"): Rule(("penerima_bpnt",), families="penerima_bpnt"),
    ("keluarga_penerima_blt", "total"): Rule(("penerima_blt",), families="penerima_blt"),
    ("persentase_keluarga_desil_1_4", "total"): Rule(("keluarga_desil_1_4",), ("jumlah_kk",), "jumlah_kk"),
    ("jumlah_sekolah_sd", "total"): Rule(("sekolah_sd",)),
    ("jumlah_sekolah_smp", "total"): Rule(("sekolah_smp",)),
    ("jumlah_sekolah_sma", "total"): Rule(("sekolah_sma",)),
    ("jumlah_putus_sekolah", "total"): Rule(("putus_sekolah",)),
}


def recap_parts(sheets: Sheets, code: str, breakdown: str) -> RecapParts | None:
    """The parts that one RT's count sheets give; None if any of them is blank or they do not give it."""
    rule = RULES.get((code, breakdown))
    if rule is None:
        return None
    numbers = {column: number for recap in sheets.values() for column, number in recap.items()}
    top = [numbers.get(column) for column in rule.top]
    bottom = [numbers.get(column) for column in rule.bottom]
    less = [numbers.get(column) for column in rule.minus]
    known_top = [number for number in top if number is not None]
    known_bottom = [number for number in bottom if number is not None]
    known_less = [number for number in less if number is not None]
    if len(known_top) < len(top) or len(known_bottom) < len(bottom) or len(known_less) < len(less):
        return None
    families = numbers.get(rule.families) if rule.families else None
    return RecapParts(sum(known_top) - sum(known_less), sum(known_bottom) if bottom else None, families)
