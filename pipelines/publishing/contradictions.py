"""Sums that must agree before anything goes out: a release that contradicts itself is not published."""

import duckdb
import pandas as pd

from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import catalogue
from pipelines.indicators.dimensions import dimensions

SHOWN = 3  # of a contradiction's cells; the log of the program holds no more than the officer sees
TOLERANCE = 1e-6  # of a unit; parts are whole numbers but for the poverty gaps, which are whole 1e-9ths
KEY = "period, area, indicator, breakdown"

# Each query gives period, area, indicator and breakdown of the cells that contradict others.
BOTH_SEXES = """
    SELECT t.period, t.area, t.indicator, t.breakdown
    FROM cells AS t
    JOIN cells AS l ON (l.period, l.area, l.indicator, l.breakdown) = (t.period, t.area, t.indicator, 'L')
    JOIN cells AS p ON (p.period, p.area, p.indicator, p.breakdown) = (t.period, t.area, t.indicator, 'P')
    WHERE t.breakdown = 'total' AND t.areas_reported = l.areas_reported AND t.areas_reported = p.areas_reported
      AND (abs(t.numerator - l.numerator - p.numerator) > {tolerance}
           OR abs(t.denominator - l.denominator - p.denominator) > {tolerance})
"""
PARTS_OF_THE_WHOLE = """
    SELECT w.period, w.area, w.indicator, w.breakdown
    FROM cells AS w
    JOIN (
        SELECT period, CASE WHEN level IN ('rt', 'rw') THEN regexp_replace(area, '-[^-]*$', '')
                            ELSE regexp_replace(area, '\\.[^.]*$', '') END AS area,
               indicator, breakdown, sum(numerator) AS numerator, sum(denominator) AS denominator,
               sum(areas_reported) AS areas_reported, sum(areas_expected) AS areas_expected
        FROM cells WHERE indicator NOT IN ({derived}) GROUP BY ALL
    ) AS p USING ({key})
    WHERE abs(w.numerator - p.numerator) > {tolerance} OR abs(w.denominator - p.denominator) > {tolerance}
       OR w.areas_reported <> p.areas_reported OR w.areas_expected <> p.areas_expected
"""
SHARES_WITHIN_THE_WHOLE = """
    SELECT {key} FROM cells
    WHERE indicator IN ({shares}) AND (numerator > denominator + {tolerance} OR numerator < 0)
       OR areas_reported > areas_expected OR denominator < 0
"""
# What is made of the residents has as many of them as they are.
RESIDENTS_ARE_THE_SAME = """
    SELECT d.period, d.area, d.indicator, d.breakdown
    FROM cells AS d
    JOIN cells AS r ON r.indicator = 'jumlah_penduduk' AND (r.period, r.area, r.breakdown) = (d.period, d.area, 'total')
    WHERE d.indicator = 'kepadatan_penduduk' AND d.numerator <> r.numerator
       OR d.indicator = 'laju_pertumbuhan_penduduk' AND d.numerator + d.denominator <> r.numerator
"""
# A pupil of the right age at a level attends some school, and is one of the level's pupils.
LEVELS_WITHIN_ATTENDANCE = """
    SELECT n.period, n.area, n.indicator, n.breakdown
    FROM (VALUES
        ('apm_sd', 'apk_sd'), ('apm_smp', 'apk_smp'), ('apm_sm', 'apk_sm'), ('apm_pt', 'apk_pt'),
        ('apm_sd', 'aps_7_12'), ('apm_smp', 'aps_13_15'), ('apm_sm', 'aps_16_18'), ('apm_pt', 'aps_19_23')
    ) AS pair (narrow, wide)
    JOIN cells AS n ON n.indicator = pair.narrow
    JOIN cells AS w ON w.indicator = pair.wide AND (w.period, w.area, w.breakdown) = (n.period, n.area, n.breakdown)
    WHERE n.areas_reported = w.areas_reported AND n.numerator > w.numerator + {tolerance}
"""
# The codes of a distribution add up to what it splits; of a share they stand over the same denominator.
CODES_ADD_UP = """
    SELECT w.period, w.area, w.indicator, s.breakdown
    FROM (
        SELECT c.period, c.area, c.indicator, min(c.breakdown) AS breakdown, d.whole, sum(c.numerator) AS numerator,
               min(c.denominator) AS least, max(c.denominator) AS most, max(c.areas_reported) AS reported
        FROM cells AS c JOIN split AS d ON d.dimension = split_part(c.breakdown, ':', 1)
        WHERE contains(c.breakdown, ':') GROUP BY c.period, c.area, c.indicator, d.dimension, d.whole
    ) AS s
    JOIN cells AS w ON (w.period, w.area, w.indicator, w.breakdown) = (s.period, s.area, s.indicator, s.whole)
    WHERE w.areas_reported = s.reported
      AND (abs(w.numerator - s.numerator) > {tolerance} OR w.denominator <> s.least OR w.denominator <> s.most)
"""
CODES_OF_BOTH_SEXES = """
    SELECT b.period, b.area, b.indicator, b.breakdown
    FROM cells AS b
    JOIN (
        SELECT c.period, c.area, c.indicator, d."like" || ':' || split_part(c.breakdown, ':', 2) AS breakdown,
               sum(c.numerator) AS numerator
        FROM cells AS c JOIN split AS d ON d.dimension = split_part(c.breakdown, ':', 1)
        WHERE d."like" IS NOT NULL GROUP BY ALL
    ) AS s USING (period, area, indicator, breakdown)
    WHERE abs(b.numerator - s.numerator) > {tolerance}
"""
# The age groups of school hold everybody from 7 to 18 once, where the same RTs stand behind all.
AGES_OF_SCHOOL = """
    SELECT w.period, w.area, w.indicator, w.breakdown
    FROM cells AS w
    JOIN (
        SELECT period, area, breakdown, CASE WHEN starts_with(indicator, 'anak') THEN 'anak_tidak_sekolah_7_18'
                                             ELSE 'putus_sekolah_7_18' END AS indicator,
               sum(numerator) AS numerator, sum(denominator) AS denominator,
               min(areas_reported) AS fewest, max(areas_reported) AS most
        FROM cells
        WHERE indicator IN ('anak_tidak_sekolah_7_12', 'anak_tidak_sekolah_13_15', 'anak_tidak_sekolah_16_18',
                            'angka_putus_sekolah_7_12', 'angka_putus_sekolah_13_15', 'angka_putus_sekolah_16_18')
        GROUP BY ALL
    ) AS p USING ({key})
    WHERE w.areas_reported = p.fewest AND w.areas_reported = p.most
      AND (abs(w.numerator - p.numerator) > {tolerance} OR abs(w.denominator - p.denominator) > {tolerance})
"""
CHECKS = {
    "laki-laki dan perempuan tidak sama dengan totalnya": BOTH_SEXES,
    "jumlah wilayah di dalamnya tidak sama dengan totalnya": PARTS_OF_THE_WHOLE,
    "bagiannya lebih besar daripada keseluruhannya": SHARES_WITHIN_THE_WHOLE,
    "penduduk di dalamnya tidak sama dengan jumlah penduduk": RESIDENTS_ARE_THE_SAME,
    "rincian menurut golongan tidak sama dengan totalnya": CODES_ADD_UP,
    "rincian laki-laki dan perempuan tidak sama dengan rincian keduanya": CODES_OF_BOTH_SEXES,
    "APM lebih besar daripada APK atau APS": LEVELS_WITHIN_ATTENDANCE,
    "jumlah kelompok umur 7-12, 13-15, dan 16-18 tahun tidak sama dengan 7-18 tahun": AGES_OF_SCHOOL,
}


def refuse_contradictions(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Raises OfficerError with the cells that contradict others; nothing may be published then."""
    shares = ", ".join(f"'{i.code}'" for i in catalogue().values() if i.is_share)
    made = ", ".join(f"'{i.code}'" for i in catalogue().values() if i.is_derived)
    split = [(d.name, d.whole, d.like) for d in dimensions().values()]
    warehouse.register("split", pd.DataFrame(split, columns=["dimension", "whole", "like"], dtype="string"))
    for what, query in CHECKS.items():
        found = warehouse.execute(query.format(key=KEY, shares=shares, derived=made, tolerance=TOLERANCE)).fetchall()
        if found:
            cells = "; ".join(
                f"{indicator} {breakdown} di {area} ({period})" for period, area, indicator, breakdown in found[:SHOWN]
            )
            more = f"; dan {len(found) - SHOWN} lagi" if len(found) > SHOWN else ""
            raise OfficerError(
                f"Tabel tidak diterbitkan karena angkanya bertentangan: {what}: {cells}{more}. Terbitan yang lama "
                "tetap berlaku. Jalankan: cantik rebuild; bila tetap demikian, laporkan kepada pengembang."
            )
