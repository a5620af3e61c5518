"""The true counts of the village, before any mistake was planted: the answer sheet for the indicators."""

from collections import Counter, defaultdict

from pipelines.sample.quarters import Quarter
from pipelines.sample.recap import attends, between, count, dropped_out
from pipelines.sample.rows import Report, residents
from pipelines.sample.schooling import SD, SENIOR, SMP


class Clean:
    """Counts of residents and their families by area code, added up from RT to kabupaten."""

    def __init__(self) -> None:
        self.by_area: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, report: Report, quarter: Quarter) -> None:
        """Count one RT at every level."""
        counted = true_counts(report, quarter)
        for code in report.rt.levels:
            for name, number in counted.items():
                self.by_area[code][name] += number


def true_counts(report: Report, quarter: Quarter) -> dict[str, int]:
    """Persons, or families where the name says so; each adds up over areas."""
    people = list(residents(report))
    families = [family for family in report.families if family.welfare]
    welfare = [family.welfare for family in families if family.welfare]
    return {
        "jumlah_penduduk": len(people),
        "laki_laki": count(people, lambda person: not person.woman),
        "perempuan": count(people, lambda person: person.woman),
        "jumlah_keluarga": len(report.families),
        "kepala_keluarga_perempuan": sum(family.head.woman for family in report.families),
        "umur_0_14": count(people, between(0, 14)),
        "umur_15_64": count(people, between(15, 64)),
        "umur_65_ke_atas": count(people, between(65, 200)),
        "lansia": count(people, between(60, 200)),
        "jumlah_kelahiran": count(people, lambda person: person.tanggal_lahir >= quarter.first),
        "jumlah_penduduk_miskin": sum(family.jumlah_anggota for family in welfare if family.poor),
        "keluarga_penerima_pkh": sum(family.pkh for family in welfare),
        "keluarga_penerima_bpnt": sum(family.bpnt for family in welfare),
        "keluarga_penerima_blt": sum(family.blt for family in welfare),
        "jumlah_sekolah_sd": count(people, attends(SD)),
        "jumlah_sekolah_smp": count(people, attends(SMP)),
        "jumlah_sekolah_sma": count(people, attends(*SENIOR)),
        "jumlah_putus_sekolah": count(people, dropped_out),
        "bekerja": count(people, lambda person: bool(person.work and person.work.employed)),
        "pengangguran": count(people, lambda person: bool(person.work and person.work.unemployed)),
    }
