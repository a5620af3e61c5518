"""Poverty, aid and dwelling indicators (catalogue 1.4); a family is counted where its head lives."""

from collections.abc import Callable
from fractions import Fraction

from .formulas import Truth, among, both, either, gini, negated, poverty
from .measure import Indicator, Measure, Number, Parts, People, family_count, family_ratio
from .people import Family
from .records import POVERTY_LINE, Kesejahteraan

NEEDS = ("penduduk", "kesejahteraan")
MINIMUM_FLOOR = Fraction(72, 10)
"""Square metres a head that a sound dwelling has at least (POV15)."""

Answer = Callable[[Kesejahteraan], Truth]


def poverty_measure(power: int) -> Measure:
    """P0, P1 or P2 in persons: the family weighs by its members, poor is strictly below the line."""

    def parts(family: Family) -> tuple[Number, int] | None:
        row = family.welfare
        if row is None:
            return None
        added = poverty(row.jumlah_anggota, row.pengeluaran_bulanan, POVERTY_LINE, power)
        return added, row.jumlah_anggota

    return family_ratio(parts)


def poor_persons(family: Family) -> int:
    """Members of a poor family."""
    row = family.welfare
    if row is None or row.pengeluaran_bulanan >= POVERTY_LINE * row.jumlah_anggota:
        return 0
    return row.jumlah_anggota


def inequality(people: People) -> Parts:
    """The Gini ratio, recomputed from the families of every area."""
    rows = [family.welfare for family in people.families if family.welfare]
    spending = [(row.jumlah_anggota, row.pengeluaran_bulanan) for row in rows]
    return Parts(None, None, frozenset(row.no_kk for row in rows), gini(spending))


def share(holds: Answer, eligible: Callable[[Family], Truth] = lambda family: True) -> Measure:
    """Of the eligible families of which the answer is known, those for which it is yes."""

    def parts(family: Family) -> tuple[int, int] | None:
        if family.welfare is None or not eligible(family):
            return None
        answer = holds(family.welfare)
        return None if answer is None else (int(answer), 1)

    return family_ratio(parts)


def recipients(holds: Answer) -> Measure:
    """All families that receive, eligible or not."""
    return family_count(lambda family: 1 if family.welfare and holds(family.welfare) else 0)


def in_decile(family: Family, highest: int) -> Truth:
    """Whether the family ranks in the national deciles 1 to the highest."""
    return None if family.welfare is None else among(family.welfare.desil, range(1, highest + 1))


def eligible_for_pkh(family: Family) -> Truth:
    """Deciles 1 to 4 and a member who is a component (POV09)."""
    return both(in_decile(family, 4), either(*(member.pkh_component for member in family.members)))


def health_insurance(family: Family) -> tuple[int, int] | None:
    """Persons covered by PBI-JK, to all members, in families of deciles 1 to 5 (POV11)."""
    row = family.welfare
    if row is None or row.pbi_jk is None or not in_decile(family, 5):
        return None
    return row.pbi_jk, row.jumlah_anggota


def leaked_insurance(family: Family) -> tuple[int, int] | None:
    """Persons covered by PBI-JK in families above decile 5, to all who are covered (POV12)."""
    row = family.welfare
    if row is None or not row.pbi_jk or row.desil is None:
        return None
    return (row.pbi_jk if row.desil > 5 else 0), row.pbi_jk


def leaked(receives: Answer, eligible: Callable[[Family], Truth]) -> Measure:
    """Of the recipients of whom it is known whether they are eligible, those who are not (POV12)."""

    def parts(family: Family) -> tuple[int, int] | None:
        due = eligible(family)
        if family.welfare is None or not receives(family.welfare) or due is None:
            return None
        return int(not due), 1

    return family_ratio(parts)


def missed(receives: Answer, eligible: Callable[[Family], Truth]) -> Measure:
    """Of the eligible of whom it is known whether they receive, those who do not (POV13)."""
    return share(lambda row: negated(receives(row)), eligible)


IMPROVED_WATER = (3, 4, 5, 7, 10)
BOUGHT_WATER = (1, 2)


def safe_water(row: Kesejahteraan) -> Truth:
    """Piped, protected or rain; bought water only if the washing water is such (POV16)."""
    if row.sumber_air_minum in BOUGHT_WATER:
        return among(row.sumber_air_mandi, IMPROVED_WATER)
    return among(row.sumber_air_minum, IMPROVED_WATER)


def safe_sanitation(row: Kesejahteraan) -> Truth:
    """Own, shared or communal facility, goose-neck, septic tank or IPAL: the urban rule (POV17)."""
    return both(
        among(row.fasilitas_bab, (1, 2, 3)),
        among(row.jenis_kloset, (1,)),
        among(row.pembuangan_tinja, (1, 2)),
    )


def sound_dwelling(row: Kesejahteraan) -> Truth:
    """Durable roof, walls and floor, 7.2 m2 a head, safe water and safe sanitation (POV15)."""
    wide = None if row.luas_lantai is None else Fraction(row.luas_lantai, row.jumlah_anggota) >= MINIMUM_FLOOR
    return both(
        among(row.jenis_atap, (1, 2, 3, 5)),
        among(row.jenis_dinding, (1, 2, 3, 5)),
        among(row.jenis_lantai, (1, 2, 3, 4, 5, 6)),
        wide,
        safe_water(row),
        safe_sanitation(row),
    )


def open_defecation(row: Kesejahteraan) -> Truth:
    """No facility at all (POV18)."""
    return among(row.fasilitas_bab, (6,))


def by_family(code: str, scale: int | None, measure: Measure) -> Indicator:
    """An indicator of the welfare register, matched to the families of the population register."""
    return Indicator(code, NEEDS, measure, scale, by_sex=False)


INDICATORS = (
    by_family("p0", 100, poverty_measure(0)),
    by_family("p1", 100, poverty_measure(1)),
    by_family("p2", 100, poverty_measure(2)),
    by_family("gini", None, inequality),
    by_family("jumlah_penduduk_miskin", None, family_count(poor_persons)),
    by_family("persentase_keluarga_desil_1_4", 100, share(lambda row: among(row.desil, range(1, 5)))),
    by_family("keluarga_menurut_desil", 100, share(lambda row: None if row.desil is None else True)),
    by_family("persentase_keluarga_desil_1_5", 100, share(lambda row: among(row.desil, range(1, 6)))),
    by_family("keluarga_penerima_pkh", None, recipients(lambda row: row.pkh)),
    by_family("keluarga_penerima_bpnt", None, recipients(lambda row: row.bpnt)),
    by_family("keluarga_penerima_blt", None, recipients(lambda row: row.blt)),
    by_family("cakupan_pkh", 100, share(lambda row: row.pkh, eligible_for_pkh)),
    by_family("cakupan_bpnt", 100, share(lambda row: row.bpnt, lambda family: in_decile(family, 5))),
    by_family("cakupan_pbi_jk", 100, family_ratio(health_insurance)),
    by_family("kesalahan_inklusi_pkh", 100, leaked(lambda row: row.pkh, eligible_for_pkh)),
    by_family("kesalahan_eksklusi_pkh", 100, missed(lambda row: row.pkh, eligible_for_pkh)),
    by_family("kesalahan_inklusi_bpnt", 100, leaked(lambda row: row.bpnt, lambda family: in_decile(family, 5))),
    by_family("kesalahan_eksklusi_bpnt", 100, missed(lambda row: row.bpnt, lambda family: in_decile(family, 5))),
    by_family("kesalahan_inklusi_pbi_jk", 100, family_ratio(leaked_insurance)),
    by_family("rumah_layak_huni", 100, share(sound_dwelling)),
    by_family("air_minum_layak", 100, share(safe_water)),
    by_family("sanitasi_layak", 100, share(safe_sanitation)),
    by_family("bab_sembarangan", 100, share(open_defecation)),
)
