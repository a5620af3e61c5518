"""Sheet Catatan: how to read the tables: flags, rounding, coverage, families, source."""

from pipelines.publishing.workbook_figures import Cell, text
from pipelines.publishing.workbook_layout import Column, Row, Sheet
from pipelines.publishing.workbook_notes import FLAGS, MARKS
from pipelines.publishing.workbook_publication import Publication
from pipelines.publishing.workbook_titles import day, territory

NAME = "Catatan"
READING = {
    "Jenis angka": "Angka registrasi kelurahan: dihitung dari seluruh warga dan keluarga yang didata RT, bukan "
    "perkiraan dari sampel. Tidak menggantikan angka resmi BPS.",
    "RT masuk dan RT seharusnya": "Banyaknya RT yang datanya masuk untuk angka itu, dan banyaknya RT yang terdaftar. "
    "Bila RT masuk lebih sedikit, angka jumlah masih akan bertambah.",
    "Wilayah di atas kelurahan": "Hanya menjumlahkan kelurahan yang ada dalam rilis ini, belum tentu seluruh kecamatan "
    "atau kabupaten. Tidak ditampilkan bila hanya memuat satu kelurahan, karena angkanya sama dengan angka "
    "kelurahan itu.",
    "Angka setiap tingkat": "Angka RW, kelurahan, dan wilayah di atasnya dihitung ulang dari jumlah pembilang dan "
    "penyebut, tidak pernah dari rata-rata persentase.",
    "Penduduk": "Orang yang hidup dan sehari-hari tinggal di wilayah itu pada tanggal acuan. Umur dalam tahun genap "
    "pada tanggal acuan.",
    "Keluarga": "Satu Kartu Keluarga dengan sedikitnya satu penduduk, bukan rumah tangga survei. Dihitung sekali, di "
    "wilayah kepala keluarganya.",
}
WRITING = {
    "Pembulatan": "Angka dibulatkan untuk dibaca; sel memuat angka yang belum dibulatkan. Jumlah: bilangan bulat. "
    "Persentase, rasio, dan median: satu desimal. Rata-rata dan harapan: dua desimal. Indeks kemiskinan dan rasio "
    "Gini: tiga desimal. Karena pembulatan, jumlah rincian dapat sedikit berbeda dari totalnya.",
    "Pemisah ribuan dan desimal": "Mengikuti pengaturan bahasa pada komputer pembaca.",
}


def remarks(publication: Publication) -> Sheet:
    """One row a remark, under its heading."""
    release = f"{publication.release}, keadaan {day(publication.period.reference_date)}."
    origin = {
        "Sumber": "Pendataan RT, diolah dengan Cantik.",
        "Rilis": f"{release} Nama rilis berubah bila satu angka saja berubah; sebutkan nama ini bila mengutip.",
        "Kerahasiaan": "Hanya angka yang boleh dilihat umum. Tidak ada nama, NIK, atau nomor KK di dalamnya. Angka "
        "yang berasal dari terlalu sedikit keluarga disembunyikan (c), bersama angka lain yang dapat membukanya (s).",
    }
    rows = []
    for heading, listed in (
        ("Tanda pada angka", FLAGS | MARKS),
        ("Cara membaca", READING),
        ("Penulisan angka", WRITING),
        ("Sumber dan rilis", origin),
    ):
        rows.append(Row((Cell(heading, "heading"), Cell(None)), "band"))
        rows += [Row((text(name), text(meaning)), "prose") for name, meaning in listed.items()]
    return Sheet(
        name=NAME,
        title="Lampiran 2. Catatan",
        territory=territory(publication),
        subtitle="Cara membaca tabel-tabel ini.",
        columns=[Column("Pokok", 28), Column("Keterangan", 88)],
        rows=rows,
        fixed=0,
        landscape=False,
    )
