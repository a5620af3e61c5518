"""The mistakes of the field: which, how often, and the rule that the pipeline should find each by.

Rates are rows (pairs of rows for DUP01) per 1,000 persons. `field` marks those taken from reports of officers
and agencies (Excel-damaged and doubled NIK, people in two RTs, the dead, moved and newborn, school levels,
families unknown to one of two registers); the others have no published rate and are set so that every rule is
met in a sample of 6,000 persons.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.sample import ghosts, slips_answers, slips_numbers
from pipelines.sample.site import Site
from schemas.dataset import rules


@dataclass(frozen=True)
class Mistake:
    """One kind of mistake. `rule` is empty where no rule can see it in the files alone."""

    name: str
    rule: str | None
    per_thousand: float
    plant: Callable[[Site], None]
    field: bool = False

    @property
    def severity(self) -> str | None:
        """As declared with the rule."""
        return rules()[self.rule].severity if self.rule else None


MISTAKES = (
    Mistake("NIK tersimpan sebagai angka", "ID05", 3.0, slips_numbers.nik_as_number, field=True),
    Mistake("NIK bernomor urut 0000", "ID01", 1.0, slips_numbers.nik_without_serial, field=True),
    Mistake("NIK 15 angka", "ID01", 1.0, slips_numbers.nik_too_short, field=True),
    Mistake("NIK untuk jenis kelamin lain", "ID02", 3.0, slips_numbers.nik_of_other_sex, field=True),
    Mistake("satu NIK untuk dua orang", "DUP01", 1.5, slips_numbers.one_nik_for_two, field=True),
    Mistake("satu orang di dua RT", "DUP02", 6.0, slips_numbers.person_in_two_rts, field=True),
    Mistake("baris disalin dua kali", "DUP05", 2.0, slips_numbers.same_row_twice),
    Mistake("NIK di kolom nomor KK", "ID04", 1.0, slips_numbers.nik_in_card_column),
    Mistake("nomor KK kosong", "WAJIB01", 2.0, slips_numbers.no_card),
    Mistake("meninggal, masih tercatat", None, 6.0, ghosts.deceased_listed, field=True),
    Mistake("pindah, masih tercatat", None, 15.0, ghosts.migrant_listed, field=True),
    Mistake("bayi belum tercatat", None, 4.0, ghosts.newborn_missing, field=True),
    Mistake("lahir sesudah triwulan", "LIFE03", 1.0, ghosts.born_too_late),
    Mistake("jenjang tidak sesuai umur", "EDU02", 8.0, slips_answers.wrong_level, field=True),
    Mistake("keluarga tidak terdaftar", "WARGA01", 6.0, slips_answers.unregistered_family, field=True),
    Mistake("tanggal yang tidak ada", "TGL01", 2.0, slips_answers.impossible_date),
    Mistake("kata di luar daftar", "KODE01", 3.0, slips_answers.unknown_word),
    Mistake("dua kepala keluarga", "KK01", 1.5, slips_answers.second_head),
    Mistake("luas lantai 3 m2", "HH01", 1.0, slips_answers.tiny_house),
    Mistake("jumlah anggota dengan kata", "ANGKA01", 1.5, slips_answers.number_in_words),
    Mistake("RT tidak dikenal", "GEO04", 3.0, slips_answers.unknown_rt),
)


def plant(site: Site, multiplier: float) -> None:
    """Plant every kind at its rate times the multiplier, as far as the RT has rows that suit."""
    persons = len(site.report.tables["penduduk"])
    for mistake in MISTAKES:
        expected = mistake.per_thousand * multiplier * persons / 1000
        for _ in range(int(expected + site.rng.random())):
            mistake.plant(site)
    site.note_consequences()
