"""Draws the warehouse of a province by DuckDB: plausible families, ages, schooling and work, no two runs different."""

from pathlib import Path

from pipelines.periods import Period
from pipelines.warehouse.store import connect

RTS_A_KELURAHAN, RTS_A_RW, FAMILIES_AN_RT = 24, 6, 52
MEMBERS = "[1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 7]"  # 4 on average

# A draw of its own for each question, evenly between 0 and 1, the same in every run.
DRAW = "CREATE TEMP MACRO draw(person, question) AS (hash(person, question) % 1000003) / 1000003.0"

FAMILIES = f"""
    CREATE TABLE families AS
    SELECT f AS family, f // {FAMILIES_AN_RT} + 1 AS receipt, f % {FAMILIES_AN_RT} + 2 AS "row",
           format('{{:032d}}', f)::UUID AS family_key,
           list_extract({MEMBERS}, (draw(f, 'members') * 16)::INTEGER % 16 + 1) AS members,
           greatest(250000, exp(13.5 + 0.55 * (draw(f, 'a') + draw(f, 'b') + draw(f, 'c') - 1.5) * 2)) AS per_head,
           (draw(f, 'desil') * 10)::INTEGER % 10 + 1 AS desil
    FROM range($rts * {FAMILIES_AN_RT}) AS t(f)
"""
AREAS = f"""
    CREATE TABLE places AS
    SELECT r + 1 AS receipt,
           format('63.{{:02d}}.{{:02d}}.{{:04d}}-{{:03d}}-{{:03d}}', k // 64 + 1, k // 6 % 11 + 1, 1001 + k,
                  r % {RTS_A_KELURAHAN} // {RTS_A_RW} + 1, r % {RTS_A_RW} + 1) AS area
    FROM (SELECT r, r // {RTS_A_KELURAHAN} AS k FROM range($rts) AS t(r))
"""
PEOPLE = """
    CREATE TABLE people AS
    SELECT receipt, row_number() OVER (PARTITION BY receipt ORDER BY family, member) + 1 AS "row", family_key, member,
           format('{:032d}', family * 16 + member)::UUID AS person_key,
           family * 16 + member AS person,
           CASE WHEN member = 1 THEN 22 + (draw(family, 'head') * 55)::INTEGER
                WHEN member = 2 THEN 20 + (draw(family, 'head') * 50)::INTEGER
                ELSE (draw(family * 16 + member, 'age') * 38)::INTEGER END AS age,
           CASE WHEN member = 1 THEN 1 + (draw(family, 'widow') < 0.15)::INTEGER
                WHEN member = 2 THEN 2 ELSE 1 + (draw(family * 16 + member, 'sex') < 0.49)::INTEGER END AS sex
    FROM families, unnest(range(1, members + 1)) AS m(member)
"""
DATASETS = {
    "penduduk": """
        SELECT receipt, 1 AS sheet, "row", family_key, person_key, TRUE AS nik_terbit, sex AS jenis_kelamin,
               make_date(2024 - age, 1 + (draw(person, 'month') * 12)::INTEGER % 12, 15) AS tanggal_lahir,
               CASE member WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 4 END AS hubungan_keluarga,
               CASE WHEN member < 3 THEN 2 ELSE 1 END AS status_perkawinan, 1 AS agama,
               CASE WHEN draw(person, 'disabled') < 0.02 THEN 1 ELSE 0 END AS disabilitas,
               sex = 2 AND age BETWEEN 18 AND 40 AND draw(person, 'pregnant') < 0.05 AS hamil,
               draw(person, 'birth') < 0.93 AS akta_lahir, draw(person, 'card') < 0.97 AS ktp_el,
               TRUE AS tinggal, 1 AS status_dasar
        FROM people""",
    "kesejahteraan": """
        SELECT receipt, 2 AS sheet, "row", family_key, members AS jumlah_anggota,
               round(per_head * members, -3)::DECIMAL(18, 2) AS pengeluaran_bulanan, desil,
               20 + (draw(family, 'floor') * 80)::INTEGER AS luas_lantai,
               1 + (draw(family, 'tiles') * 8)::INTEGER % 8 AS jenis_lantai,
               1 + (draw(family, 'wall') * 6)::INTEGER % 6 AS jenis_dinding,
               1 + (draw(family, 'roof') * 7)::INTEGER % 7 AS jenis_atap,
               1 + (draw(family, 'water') * 10)::INTEGER % 10 AS sumber_air_minum, 3 AS sumber_air_mandi,
               1 + (draw(family, 'toilet') * 5)::INTEGER % 5 AS fasilitas_bab, 1 AS jenis_kloset,
               1 + (draw(family, 'tank') * 3)::INTEGER % 3 AS pembuangan_tinja,
               draw(family, 'pkh') < 0.15 AS pkh, draw(family, 'bpnt') < 0.2 AS bpnt, draw(family, 'blt') < 0.1 AS blt,
               CASE WHEN draw(family, 'pbi') < 0.4 THEN members ELSE 0 END AS pbi_jk
        FROM families""",
    "pendidikan": """
        SELECT receipt, 3 AS sheet, "row", person_key,
               CASE WHEN age < 22 AND draw(person, 'school') < 0.9 THEN 2 WHEN draw(person, 'never') < 0.03 THEN 1
                    ELSE 3 END AS partisipasi,
               CASE WHEN age < 13 THEN 1 WHEN age < 16 THEN 2 WHEN age < 19 THEN 3
                    ELSE 1 + (draw(person, 'level') * 7)::INTEGER % 7 END AS jenjang,
               1 + (draw(person, 'class') * 6)::INTEGER % 6 AS kelas,
               CASE WHEN age < 13 THEN 0 WHEN age < 16 THEN 1 WHEN age < 19 THEN 2
                    ELSE (draw(person, 'certificate') * 8)::INTEGER % 8 END AS ijazah,
               draw(person, 'reads') < 0.97 AS baca_tulis, draw(person, 'pip') < 0.1 AS pip
        FROM people WHERE age >= 5""",
    "ketenagakerjaan": """
        SELECT receipt, 4 AS sheet, "row", person_key, draw(person, 'works') < 0.62 AS bekerja,
               draw(person, 'absent') < 0.02 AS sementara_tidak_bekerja, draw(person, 'seeks') < 0.06 AS mencari_kerja,
               FALSE AS mempersiapkan_usaha, FALSE AS putus_asa, FALSE AS sudah_diterima,
               draw(person, 'training') < 0.05 AS ikut_pelatihan
        FROM people WHERE age >= 15""",
}


def write_province(warehouse: Path, period: Period, rts: int) -> None:
    """A warehouse with one workbook an RT, four sheets each, all accepted."""
    with connect(warehouse) as connection:
        connection.execute("SET memory_limit = '6GB'")
        connection.execute("SET threads = 2")
        connection.execute(DRAW)
        for query in (AREAS, FAMILIES, PEOPLE):
            connection.execute(query, {"rts": rts} if "$rts" in query else {})
        for dataset, query in DATASETS.items():
            connection.execute(
                f"INSERT INTO {dataset} BY NAME SELECT *, $1 AS period FROM ({query}) JOIN places USING (receipt) "
                'ORDER BY receipt, "row"',
                [str(period)],
            )
            counted = f"SELECT receipt, sheet, area, count(*) AS many FROM {dataset} GROUP BY ALL ORDER BY ALL"
            connection.execute(
                f"INSERT INTO slices SELECT receipt, '{period}', '{dataset}', area, many, 0, NULL FROM ({counted})"
            )
            connection.execute(
                f"INSERT INTO sheets SELECT receipt, sheet, '{dataset}', many, many, 0, '{{}}' FROM ({counted})"
            )
        for helper in ("places", "families", "people"):
            connection.execute(f"DROP TABLE {helper}")
