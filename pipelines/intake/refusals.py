"""The sentences with which a whole file is refused: what is wrong with it, and what its sender can do."""

DAMAGED = "Berkas rusak atau terpotong sehingga tidak terbaca. Salin ulang dari komputer asalnya."
LOCKED = "Berkas memakai kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan ulang sebagai .xlsx."
UNUSUAL = "Susunan berkas tidak wajar dan mungkin berbahaya. Salin datanya ke workbook baru, lalu kirim yang baru."
STARTS_PROGRAMS = (
    "Workbook berisi rumus yang menjalankan program lain (DDE). Salin datanya, tempel sebagai nilai di workbook baru, "
    "lalu kirim yang baru."
)
NO_WORKBOOK = "Isi berkas bukan workbook Excel. Buka dengan program asalnya, lalu simpan sebagai .xlsx."
AT_RT = "RT tidak t"  # what a refusal says that lacks nothing else
NOWHERE = "Judul kolom RT tidak ditemukan. Tambahkan kolom RT, atau tulis RT : 005  RW : 002 di atas tabel."
TO_ADD = "Tulis judul itu di atas kolomnya, atau tambahkan kolomnya."
