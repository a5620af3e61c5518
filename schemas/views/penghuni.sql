-- One row a resident: a row of the register that is alive and lives in its RT (contract: status_dasar 1, tinggal Ya).
-- Age is completed years on the reference date of the period; `wakil` marks the one row that stands for its family:
-- the head, and where there is none its first row, RT by RT, so that arrival decides nothing. `anggota` counts the
-- family's residents, in whatever RT they live.
SELECT
    p.*,
    CASE p.jenis_kelamin WHEN 1 THEN 'L' ELSE 'P' END AS jenis,
    date_part('year', t.reference_date) - date_part('year', p.tanggal_lahir)
        - CASE WHEN date_part('month', p.tanggal_lahir) * 100 + date_part('day', p.tanggal_lahir)
                  > date_part('month', t.reference_date) * 100 + date_part('day', t.reference_date)
               THEN 1 ELSE 0 END AS usia,
    row_number() OVER (
        PARTITION BY p.family_key
        ORDER BY CASE WHEN p.hubungan_keluarga = 1 THEN 0 ELSE 1 END, p.area, p.receipt, p.sheet, p."row"
    ) = 1 AS wakil,
    count(*) OVER (PARTITION BY p.family_key) AS anggota
FROM current_penduduk AS p CROSS JOIN parameter AS t
WHERE p.status_dasar = 1 AND p.tinggal
