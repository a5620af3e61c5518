"""What the catalogue says beside its entries: foreword, what its labels mean, what is not shown, what BPS does else."""

FOREWORD = (
    "Katalog ini menjelaskan setiap angka yang dihitung {where} dari pendataan RT: apa artinya, bagaimana dihitung, "
    "dan kapan tidak ditampilkan. Isinya dibuat dari ketentuan yang sama dengan yang dipakai menghitung, sehingga "
    "penjelasan dan angkanya selalu sejalan."
)
LABELS = (
    ("Konsep", "Hal yang diukur; daftarnya di bagian akhir."),
    ("Definisi", "Arti angka itu dan siapa yang masuk hitungannya."),
    ("Pembilang, penyebut", "Dua jumlah yang dibagi. Jumlah orang atau keluarga hanya mempunyai satu."),
    ("Rumus", "Bagaimana angka dihitung dari keduanya."),
    ("Rincian", "Menurut apa saja angka itu tersedia, selain seluruhnya."),
    ("Sumber data", "Kumpulan data RT dan isiannya yang dipakai."),
    ("Kepekaan", "Kelas S0 sampai S4: makin besar makin peka, makin banyak keluarga yang diperlukan agar ditampilkan."),
    ("Angka BPS", "Apakah BPS menerbitkan angka sejenis dari survei."),
)
RULES = (
    "Yang dihitung sebagai penyumbang adalah keluarga, bukan orang, karena satu keluarga dapat menjelaskan seluruh "
    "angka.",
    "Bila satu angka disembunyikan, angka lain yang dapat membukanya lewat penjumlahan atau selisih ikut "
    "disembunyikan, sesedikit mungkin.",
    "Dua rilis dari periode yang sama juga tidak boleh saling membuka: angka yang berubah karena terlalu sedikit RT "
    "menunggu sampai cukup banyak RT melapor.",
    "Angka yang disembunyikan tetap tercantum dengan tandanya; tidak pernah ditulis nol.",
)
COVERAGE = (
    "Bila jawaban yang diketahui kurang dari {least}, angka tidak ditampilkan (m); kurang dari {flagged}, ditampilkan "
    "dengan tanda kurang andal (u). Yang tidak diketahui tidak pernah dihitung sebagai nol."
)
DIFFERENCES = (
    (
        "Cara",
        "Angka di sini berasal dari seluruh warga dan keluarga yang didata RT pada tanggal acuan: tanpa sampel dan "
        "tanpa penimbang. Survei BPS menanyai contoh rumah tangga pada bulan survei dan memperkirakan seluruh "
        "penduduk.",
    ),
    (
        "Wilayah",
        "Survei BPS menghasilkan angka kabupaten/kota ke atas; tidak ada angka survei untuk RT, RW, atau kelurahan.",
    ),
    ("Keluarga", "Di sini dihitung keluarga menurut Kartu Keluarga, bukan rumah tangga yang makan dari satu dapur."),
    (
        "Susenas",
        "Pengeluaran di Susenas dicatat rinci menurut jenis barang; di sini satu angka sebulan menurut laporan "
        "keluarga. Garis kemiskinannya garis BPS untuk kabupaten/kota.",
    ),
    (
        "Sakernas",
        "Kegiatan bekerja di Sakernas digali dengan pertanyaan yang lebih rinci; di sini RT menanyakan kegiatan "
        "seminggu terakhir.",
    ),
    (
        "Pemakaian",
        "Angka di sini untuk melihat ke dalam kelurahan, antar-RW dan antarwaktu. Untuk membandingkan dengan "
        "kabupaten/kota lain, pakai angka resmi BPS.",
    ),
)
