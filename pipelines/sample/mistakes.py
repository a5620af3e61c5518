"""The mistakes of the field: which, how often, and the rule by which the pipeline should find each.

Rates are mistakes per 1,000 persons of the list. No agency publishes such rates. REPORTED are kinds that officers and
agencies complain of (NIK damaged by Excel, people in two RTs or in neither register, the dead and the moved, school
levels), at rates assumed for planning; CHOSEN are set so that 6,000 persons meet every rule.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.sample import ghosts, slips_answers, slips_numbers
from pipelines.sample.site import RESIDENT, Site
from schemas.dataset import rules


@dataclass(frozen=True)
class Mistake:
    """One kind of mistake, in the officer's words. `rule` is empty where the files alone cannot show it."""

    what: str
    rule: str | None
    per_thousand: float
    plant: Callable[[Site], None]

    @property
    def severity(self) -> str | None:
        """As declared with the rule."""
        return rules()[self.rule].severity if self.rule else None


REPORTED = (
    Mistake("NIK tersimpan sebagai angka", "ID05", 3.0, slips_numbers.nik_as_number),
    Mistake("NIK bernomor urut 0000", "ID01", 1.0, slips_numbers.nik_without_serial),
    Mistake("NIK 15 angka", "ID01", 1.0, slips_numbers.nik_too_short),
    Mistake("NIK untuk jenis kelamin lain", "ID02", 3.0, slips_numbers.nik_of_other_sex),
    Mistake("satu NIK untuk dua orang", "DUP01", 1.5, slips_numbers.one_nik_for_two),  # 3 rows
    Mistake("satu orang di dua RT", "DUP02", 6.0, slips_numbers.person_in_two_rts),
    Mistake("meninggal, masih tercatat hidup", None, 6.0, ghosts.deceased_listed),
    Mistake("pindah, masih tercatat tinggal", None, 15.0, ghosts.migrant_listed),
    Mistake("bayi belum tercatat", None, 4.0, ghosts.newborn_missing),
    Mistake("jenjang tidak sesuai umur", "EDU02", 8.0, slips_answers.wrong_level),
    Mistake("keluarga tidak terdaftar", "WARGA01", 6.0, slips_answers.unregistered_family),  # 20 of 1,000 families
)
CHOSEN = (
    Mistake("baris disalin dua kali", "DUP05", 2.0, slips_numbers.same_row_twice),
    Mistake("NIK di kolom nomor KK", "ID04", 1.5, slips_numbers.nik_in_card_column),
    Mistake("nomor KK kosong", "WAJIB01", 2.0, slips_numbers.no_card),
    Mistake("lahir sesudah akhir triwulan", "LIFE03", 1.0, ghosts.born_too_late),
    Mistake("tanggal yang tidak ada", "TGL01", 2.0, slips_answers.impossible_date),
    Mistake("kata di luar daftar", "KODE01", 3.0, slips_answers.unknown_word),
    Mistake("dua kepala keluarga", "KK01", 1.5, slips_answers.second_head),
    Mistake("luas lantai terlalu kecil", "HH01", 1.0, slips_answers.tiny_house),
    Mistake("jumlah anggota dengan kata", "ANGKA01", 1.5, slips_answers.number_in_words),
    Mistake("RT tidak dikenal", "GEO04", 3.0, slips_answers.unknown_rt),  # half of the styles write no RT in rows
)
MISTAKES = REPORTED + CHOSEN


def plant(site: Site, multiplier: float) -> None:
    """Plant every kind at its rate times the multiplier, as far as the RT has rows that suit."""
    persons = len(site.report.tables[RESIDENT])
    for mistake in MISTAKES:
        site.rule, site.what = mistake.rule, mistake.what
        expected = mistake.per_thousand * multiplier * persons / 1000
        for _ in range(int(expected + site.rng.random())):
            mistake.plant(site)
    site.note_consequences()
