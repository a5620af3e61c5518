-- One row a family with welfare data whose people are in the register; a row without its residents waits uncounted.
-- It is counted in the area of its head. Flags are 1, 0 or NULL (unknown). Dwelling codes: Regsosek 2022.
-- `receipt`, `sheet` and `row` say where its welfare row stands.
WITH anggota AS (
    SELECT
        family_key,
        max(CASE WHEN keluarga = 1 THEN area END) AS area,
        -- Any member with a component makes the family eligible; without one, an unknown member leaves it unknown.
        CASE WHEN bool_or(komponen_pkh) THEN TRUE
             WHEN count(*) = count(komponen_pkh) THEN FALSE END AS komponen_pkh,
        -- Likewise for schooling and reading: one who lacks it settles it, one unknown leaves it unknown.
        CASE WHEN bool_or(usia BETWEEN 7 AND 18 AND tidak_sekolah = 1) THEN TRUE
             WHEN count(CASE WHEN usia BETWEEN 7 AND 18 AND tidak_sekolah IS NULL THEN 1 END) = 0 THEN FALSE
        END AS ada_anak_tidak_sekolah,
        CASE WHEN bool_or(usia >= 15 AND baca_tulis = 0) THEN TRUE
             WHEN count(CASE WHEN usia >= 15 AND baca_tulis IS NULL THEN 1 END) = 0 THEN FALSE
        END AS ada_buta_huruf
    FROM orang
    GROUP BY family_key
),
rumah AS (
    SELECT
        *,
        sumber_air_minum IN (3, 4, 5, 7, 10)
            -- Bottled and refill water count only where the washing water is improved (BPS since 2019).
            OR (sumber_air_minum IN (1, 2) AND sumber_air_mandi IN (3, 4, 5, 7, 10)) AS air_layak,
        -- Urban rule: own, shared-limited or communal facility, goose-neck closet, septic tank or IPAL.
        fasilitas_bab IN (1, 2, 3) AND jenis_kloset = 1 AND pembuangan_tinja IN (1, 2) AS sanitasi_layak,
        jenis_atap IN (1, 2, 3, 5) AND jenis_dinding IN (1, 2, 3, 5) AND jenis_lantai IN (1, 2, 3, 4, 5, 6) AS tahan_lama,
        luas_lantai >= 7.2 * jumlah_anggota AS cukup_luas
    FROM current_kesejahteraan
),
-- Alkire-Foster: the score of a family is the weight of its deprivations, unknown where any of them is; which they are,
-- what they weigh and from which score on its members are poor is declared in schemas/ikm.toml.
ikm AS (
    SELECT rumah.family_key, $ikm_skor AS skor
    FROM rumah INNER JOIN anggota ON anggota.family_key = rumah.family_key
)
SELECT
    a.area,
    r.receipt,
    r.sheet,
    r."row",
    r.family_key,
    r.jumlah_anggota AS anggota,
    -- Expenditure in hundredths of a rupiah, so that all arithmetic stays in whole numbers.
    CAST(r.pengeluaran_bulanan * 100 AS BIGINT) AS pengeluaran_sen,
    CAST(CAST(r.pengeluaran_bulanan * 100 AS HUGEINT) AS DOUBLE) / r.jumlah_anggota AS pengeluaran_per_kapita_sen,
    r.jumlah_anggota * CAST(m.miskin AS BIGINT) AS anggota_miskin,
    -- Poverty gap and its square times members, in 1e-9 of a person (domain formula of FGT, a = 1 and 2).
    CASE WHEN m.miskin THEN CAST(
        (2 * 1000000000 * m.kurang + m.butuh // r.jumlah_anggota) // (2 * (m.butuh // r.jumlah_anggota)) AS BIGINT)
        WHEN NOT m.miskin THEN 0 END AS kesenjangan,
    CASE WHEN m.miskin THEN CAST(
        (2 * 1000000000 * m.kurang * m.kurang + m.butuh * (m.butuh // r.jumlah_anggota))
            // (2 * m.butuh * (m.butuh // r.jumlah_anggota)) AS BIGINT)
        WHEN NOT m.miskin THEN 0 END AS keparahan,
    r.desil,
    CASE WHEN r.desil IS NOT NULL THEN CAST(TRUE AS BIGINT) END AS desil_diketahui,
    CAST(r.desil <= 4 AS BIGINT) AS desil_1_4,
    CAST(r.pkh AS BIGINT) AS pkh,
    CAST(r.bpnt AS BIGINT) AS bpnt,
    CAST(r.blt AS BIGINT) AS blt,
    CAST(NOT r.pkh AS BIGINT) AS tanpa_pkh,
    CAST(NOT r.bpnt AS BIGINT) AS tanpa_bpnt,
    r.pbi_jk,
    CASE WHEN r.desil >= 6 THEN r.pbi_jk WHEN r.desil <= 5 AND r.pbi_jk IS NOT NULL THEN 0 END AS pbi_jk_desil_6_10,
    r.desil <= 4 AND a.komponen_pkh AS berhak_pkh,
    CAST(NOT (r.desil <= 4 AND a.komponen_pkh) AS BIGINT) AS tidak_berhak_pkh,
    CAST(r.desil <= 5 AS BIGINT) AS desil_1_5,
    CAST(r.desil >= 6 AS BIGINT) AS desil_6_10,
    CAST(r.air_layak AS BIGINT) AS air_layak,
    CAST(r.sanitasi_layak AS BIGINT) AS sanitasi_layak,
    CAST(r.tahan_lama AND r.cukup_luas AND r.air_layak AND r.sanitasi_layak AS BIGINT) AS rumah_layak,
    CAST(r.fasilitas_bab = 6 AS BIGINT) AS tanpa_bab,
    r.jumlah_anggota * CAST(i.skor >= $ikm_ambang AS BIGINT) AS ikm_anggota_miskin,
    -- Their part of all weights, times members, in 1e-9 of a person.
    CASE WHEN i.skor >= $ikm_ambang THEN CAST(
        (2 * CAST(1000000000 AS HUGEINT) * r.jumlah_anggota * i.skor + $ikm_penuh) // (2 * $ikm_penuh) AS BIGINT)
        WHEN i.skor < $ikm_ambang THEN 0 END AS ikm_deprivasi
FROM rumah AS r
INNER JOIN anggota AS a ON a.family_key = r.family_key
INNER JOIN ikm AS i ON i.family_key = r.family_key
CROSS JOIN parameter AS t
CROSS JOIN LATERAL (
    SELECT
        CAST(t.poverty_line_sen AS HUGEINT) * r.jumlah_anggota AS butuh,
        CAST(t.poverty_line_sen AS HUGEINT) * r.jumlah_anggota - CAST(r.pengeluaran_bulanan * 100 AS HUGEINT) AS kurang,
        CAST(r.pengeluaran_bulanan * 100 AS HUGEINT) < CAST(t.poverty_line_sen AS HUGEINT) * r.jumlah_anggota AS miskin
) AS m
