-- One row an RT: its three count sheets side by side. An empty cell is not collected, never zero.
SELECT
    area,
    penduduk_laki_laki, penduduk_perempuan, jumlah_kk, jumlah_rumah, umur_0_14, umur_15_64, umur_65_ke_atas, lansia,
    kelahiran, kematian, pendatang, pindah, memiliki_ktp_el,
    penerima_pkh, penerima_bpnt, penerima_blt, keluarga_desil_1_4,
    sekolah_sd, sekolah_smp, sekolah_sma, putus_sekolah
FROM current_rekap_penduduk
FULL JOIN current_rekap_kemiskinan USING (area)
FULL JOIN current_rekap_pendidikan USING (area)
