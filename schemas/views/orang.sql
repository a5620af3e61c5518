-- One row a resident, with everything that an indicator on persons counts. Flags are 1, 0 or NULL (unknown);
-- schooling and work join by NIK, the family's decile by its card, so a resident without a matching row is unknown
-- there. `receipt`, `sheet` and `row` say where the resident's register row stands, so that a figure can be traced back
-- to its workbooks.
WITH sekolah AS (
    SELECT
        *,
        partisipasi = 2 AS bersekolah,
        -- Years that a certificate is worth, BPS new-method HDI table; S2 and S3 both 18.
        CASE WHEN partisipasi = 1 THEN 0 ELSE
            CASE ijazah WHEN 0 THEN 0 WHEN 1 THEN 6 WHEN 2 THEN 9 WHEN 3 THEN 12 WHEN 4 THEN 12 WHEN 5 THEN 14
                        WHEN 6 THEN 15 WHEN 7 THEN 16 WHEN 8 THEN 18 WHEN 9 THEN 18 END
        END AS tahun_ijazah,
        -- Whoever never went to school has no certificate; questionnaires skip the question there.
        CASE WHEN partisipasi = 1 THEN FALSE ELSE ijazah >= 1 END AS berijazah_sd,
        CASE WHEN partisipasi = 1 THEN FALSE ELSE ijazah >= 2 END AS berijazah_smp,
        CASE WHEN partisipasi = 1 THEN FALSE ELSE ijazah >= 3 END AS berijazah_sm,
        CASE WHEN partisipasi = 1 THEN 0 ELSE ijazah END AS ijazah_tertinggi,
        -- The certificate of the level last attended, SD or SMP; with that of SM nobody is out of school.
        (jenjang = 1 AND ijazah >= 1) OR (jenjang = 2 AND ijazah >= 2) AS tamat_jenjang
    FROM current_pendidikan
    WHERE person_key IS NOT NULL
),
kerja AS (
    SELECT
        *,
        bekerja OR sementara_tidak_bekerja AS bekerja_seminggu,
        NOT (bekerja OR sementara_tidak_bekerja)
            AND (mencari_kerja OR mempersiapkan_usaha OR putus_asa OR sudah_diterima) AS menganggur
    FROM current_ketenagakerjaan
    WHERE person_key IS NOT NULL
)
SELECT
    p.area,
    p.receipt,
    p.sheet,
    p."row",
    p.family_key,
    p.jenis,
    p.usia,
    CAST(p.jenis = 'L' AS BIGINT) AS laki_laki,
    CAST(p.jenis = 'P' AS BIGINT) AS perempuan,
    CAST(p.wakil AS BIGINT) AS keluarga,
    CASE WHEN p.anggota >= 8 THEN '8+' ELSE CAST(p.anggota AS VARCHAR) END AS ukuran_keluarga,
    CASE WHEN p.wakil AND p.hubungan_keluarga = 1 THEN CAST(p.jenis = 'P' AS BIGINT) END AS kepala_perempuan,
    CAST(p.usia < 15 AS BIGINT) AS usia_0_14,
    CAST(p.usia BETWEEN 15 AND 64 AS BIGINT) AS usia_15_64,
    CAST(p.usia >= 65 AS BIGINT) AS usia_65,
    CAST(p.usia >= 60 AS BIGINT) AS lansia,
    CAST(p.usia BETWEEN 0 AND 4 AS BIGINT) AS usia_0_4,
    CASE WHEN p.usia >= 75 THEN '75+'
         ELSE CAST(p.usia - p.usia % 5 AS VARCHAR) || '-' || CAST(p.usia - p.usia % 5 + 4 AS VARCHAR)
    END AS kelompok_umur,
    CAST(p.jenis = 'P' AND p.usia BETWEEN 15 AND 49 AS BIGINT) AS wanita_15_49,
    CAST(p.usia BETWEEN 7 AND 12 AS BIGINT) AS usia_7_12,
    CAST(p.usia BETWEEN 13 AND 15 AS BIGINT) AS usia_13_15,
    CAST(p.usia BETWEEN 16 AND 18 AS BIGINT) AS usia_16_18,
    CAST(p.usia BETWEEN 19 AND 23 AS BIGINT) AS usia_19_23,
    -- A temporary number that begins with 0 is no NIK.
    CAST(p.nik_terbit AS BIGINT) AS punya_nik,
    p.usia >= 17 OR p.status_perkawinan IN (2, 3, 4) AS wajib_ktp,
    CAST(p.ktp_el AS BIGINT) AS ktp_el,
    CAST(p.akta_lahir AS BIGINT) AS akta_lahir,
    p.agama,
    p.status_perkawinan,
    p.pekerjaan,
    CAST(p.disabilitas > 0 AS BIGINT) AS disabilitas,
    p.disabilitas AS jenis_disabilitas,
    CAST(s.bersekolah AS BIGINT) AS bersekolah,
    CAST(s.bersekolah AND s.jenjang = 1 AS BIGINT) AS sekolah_sd,
    CAST(s.bersekolah AND s.jenjang = 2 AS BIGINT) AS sekolah_smp,
    CAST(s.bersekolah AND s.jenjang IN (3, 4) AS BIGINT) AS sekolah_sm,
    CAST(s.bersekolah AND s.jenjang BETWEEN 5 AND 9 AS BIGINT) AS sekolah_pt,
    CAST(s.baca_tulis AS BIGINT) AS baca_tulis,
    CAST(s.berijazah_sd AS BIGINT) AS berijazah_sd,
    CAST(s.berijazah_smp AS BIGINT) AS berijazah_smp,
    CAST(s.berijazah_sm AS BIGINT) AS berijazah_sm,
    s.ijazah_tertinggi AS ijazah,
    CASE WHEN s.ijazah_tertinggi IS NOT NULL THEN CAST(TRUE AS BIGINT) END AS ijazah_diketahui,
    CAST(s.partisipasi IN (2, 3) AS BIGINT) AS pernah_sekolah,
    CAST(NOT s.bersekolah AND NOT s.berijazah_sm AS BIGINT) AS tidak_sekolah,
    CAST(s.partisipasi = 3 AND NOT s.berijazah_sm AS BIGINT) AS putus_sekolah,
    -- DO left within a level, LTM completed it (class 8, or its certificate) and went no further, BPB never attended.
    -- Where the class is not told the certificate decides; without a level and with a certificate nothing does.
    CASE
        WHEN s.partisipasi = 1 THEN 'BPB'
        WHEN s.partisipasi = 3 AND (s.kelas = 8 OR s.tamat_jenjang) THEN 'LTM'
        WHEN s.partisipasi = 3 AND NOT s.tamat_jenjang THEN 'DO'
    END AS alasan_tidak_sekolah,
    CASE
        WHEN s.partisipasi = 1 THEN 0
        WHEN s.kelas = 8 THEN s.tahun_ijazah
        WHEN s.partisipasi = 3 THEN s.tahun_ijazah + s.kelas - 1
        WHEN s.jenjang IN (8, 9) THEN s.tahun_ijazah + 1
        WHEN s.jenjang = 0 THEN s.tahun_ijazah
        WHEN s.jenjang BETWEEN 1 AND 7 THEN s.tahun_ijazah + s.kelas - 1
    END AS tahun_sekolah,
    CAST(s.pip AS BIGINT) AS pip,
    -- PIP is meant for pupils of SD to SM aged 6 to 21; the decile is their family's.
    p.usia BETWEEN 6 AND 21 AND s.bersekolah AND s.jenjang BETWEEN 1 AND 4 AND r.desil <= 4 AS berhak_pip,
    CAST(k.bekerja_seminggu AS BIGINT) AS bekerja,
    CAST(k.menganggur AS BIGINT) AS menganggur,
    CAST(k.bekerja_seminggu OR k.menganggur AS BIGINT) AS angkatan_kerja,
    -- Informal: self-employed, helped by casual or unpaid workers, casual worker, family worker (BPS).
    CAST(k.status_pekerjaan IN (1, 2, 6, 7, 8) AS BIGINT) AS informal,
    -- Who is only absent from work is not underemployed: BPS counts hours of 1 to 34.
    CAST(k.bekerja AND k.jam_kerja BETWEEN 1 AND 34 AND k.mencari_kerja AS BIGINT) AS setengah_menganggur,
    CAST(NOT (s.bersekolah OR k.bekerja_seminggu OR k.ikut_pelatihan) AS BIGINT) AS neet,
    -- Components of PKH: pregnant, child 0 to 6, attending SD to SM, 60 or older, disabled. Men are never pregnant.
    (p.jenis = 'P' AND p.hamil)
        OR p.usia <= 6
        OR (s.bersekolah AND s.jenjang BETWEEN 1 AND 4)
        OR p.usia >= 60
        OR p.disabilitas > 0 AS komponen_pkh
FROM penghuni AS p
LEFT JOIN sekolah AS s ON s.person_key = p.person_key
LEFT JOIN kerja AS k ON k.person_key = p.person_key
LEFT JOIN current_kesejahteraan AS r ON r.family_key = p.family_key
