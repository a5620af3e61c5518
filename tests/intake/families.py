"""Dukcapil's forms, in which a family stands in lines above its members: two families of five people."""

from typing import Any

from .workbooks import Table

WIDTH = 19
CARDS = ("5202030102110012", "5202030102110013")
# nama, nik, sex, born, relation, marital status
FAMILIES: list[list[tuple[str, ...]]] = [
    [
        ("AHMAD", "5202031205900001", "L", "12-05-1990", "KEPALA KELUARGA", "Kawin"),
        ("SITI", "5202034807920001", "P", "08-07-1992", "ISTRI", "Kawin"),
        ("BUDI", "5202030304150001", "L", "03-04-2015", "ANAK", "Belum Kawin"),
    ],
    [
        ("HASAN", "5202030302600001", "L", "03-02-1960", "KEPALA KELUARGA", "Cerai Mati"),
        ("RANI", "5202035511850002", "P", "15-11-1985", "ANAK", "Cerai Hidup"),
    ],
]


def line(**cells: Any) -> list[Any]:
    """A row with cells at column letters."""
    row: list[Any] = [None] * WIDTH
    for letter, value in cells.items():
        row[ord(letter) - ord("A")] = value
    return row


def bip_2012(*addresses: str) -> Table:
    """NO.KK and its line, then headings and members, again for each family; B to P."""
    rows: Table = []
    number = 0
    for card, address, members in zip(CARDS, addresses, FAMILIES, strict=True):
        rows += [line(B="NO.KK", C="NAMA KEPALA KELUARGA", G="ALAMAT"), line(B=card, C=members[0][0], G=address)]
        rows.append(
            line(B="NO", C="NIK", D="NAMA", E="JK", F="TMPT LHR", G="TGL LHR", H="KTPEL", I="AGAMA", J="STATUS",
                 K="HUB. KEL", L="PENDIDIKAN", M="PEKERJAAN", N="NAMA IBU", O="NAMA AYAH", P="NO.AKTE LAHIR")
        )  # fmt: skip
        for name, nik, sex, born, relation, marital in members:
            number += 1
            rows.append(
                line(B=number, C=nik, D=name, E=sex, F="SENGGIGI", G=born, H="NULL", I="ISLAM", J=marital, K=relation,
                     L="SLTA / SEDERAJAT", M="PETANI/PEKEBUN", N="IBU", O="AYAH", P="123/2010")
            )  # fmt: skip
    return rows


def bip_2016(*addresses: str) -> Table:
    """Headings in two lines once, one line a family, remarks at the end; A to L."""
    rows: Table = [
        line(A="BUKU INDUK PENDUDUK WNI"),
        line(A="DESA : SENGGIGI"),
        line(A="No", B="Nama Lengkap", C="NIK", D="Tempat dan Tanggal Lahir", F="JK", G="SHDK", H="Agama",
             I="Pendidikan", J="Pekerjaan", K="Nama Orang Tua"),
        line(D="Tempat Lahir", E="Tgl/Bln/Th", K="Ibu", L="Ayah"),
    ]  # fmt: skip
    number = 0
    for card, address, members in zip(CARDS, addresses, FAMILIES, strict=True):
        rows.append(line(A=f"No. KK : {card} \xa0", C=address))
        for name, nik, sex, born, relation, _ in members:
            number += 1
            rows.append(
                line(A=number, B=name, C=f"{nik}\xa0", D="MATARAM", E=born, F={"L": "Lk", "P": "Pr"}[sex], G=relation,
                     H="ISLAM", I="SLTA / SEDERAJAT", J="PETANI/PEKEBUN", K="IBU")
            )  # fmt: skip
    return [*rows, line(A="Keterangan:"), line(A="Lk = laki-laki", C="Pr = perempuan")]


def luwu_timur(*addresses: tuple[str, str]) -> Table:
    """A page a family with its own headings and signatures; B to P."""
    rows: Table = []
    for card, (address, pair), members in zip(CARDS, addresses, FAMILIES, strict=True):
        rows += [
            line(B="BUKU INDUK KEPENDUDUKAN KABUPATEN LUWU TIMUR (DAFTAR  KELUARGA)"),
            line(),
            line(B="PROVINSI :", C="SULAWESI SELATAN", J="NO. KK :", L=card),
            line(B="KABUPATEN :", C="LUWU TIMUR", J="NAMA. KK :", L=members[0][0]),
            line(B="KECAMATAN :", C="KALAENA", J="ALAMAT :", L=address),
            line(B="DESA :", C="KALAENA KIRI", J="NO.RT/RW :", L=pair),
            line(),
            line(B="NO", C="NIK", D="NAMA", E="JK", F="TMPT LHR", G="TGL LHR", H="G.DRH", I="AGAMA", J="STATUS",
                 K="HUB.KEL", L="PENDIDIKAN", M="PEKERJAAN", N="NAMA IBU", O="NAMA AYAH", P="KET"),
        ]  # fmt: skip
        for number, (name, nik, sex, born, relation, marital) in enumerate(members, 1):
            rows.append(
                line(B=number, C=nik, D=name, E=sex, F="PARE-PARE", G=born, H="O", I="Islam", J=marital, K=relation,
                     L="SLTA/Sederajat", M="Petani/Pekebun", N="IBU", O="AYAH")
            )  # fmt: skip
        rows += [line(), line(M="KALAENA KIRI, 05-05-2016"), line(M="Mengetahui,"), line(M="Kepala Desa/Lurah")]
        rows += [line(), line(M="SUDIRMAN"), line()]
    return rows


def bip_ektp(*addresses: str) -> Table:
    """Headings in two lines with numbers below, repeated at a page break before the second family; A to S."""
    top: Table = [
        line(A="NO", B="Nama Lengkap", C="NIK", D="Tempat dan Tanggal Lahir", F="JK", G="Stat Kwn", H="Gol. Drh",
             I="SHDK", J="Agama", K="Pendidikan Terakhir", L="No Akta Lahir", M="Pekerjaan", N="Nama  Ibu",
             O="Nama Ayah", P="Wjb KTP", Q="KTP-eL", R="Status", S="Stat Rkm"),
        line(D="Tempat Lahir", E="Tgl/Bln/Th"),
        [-number for number in range(1, WIDTH + 1)],
    ]  # fmt: skip
    marital = {"Kawin": "K", "Belum Kawin": "BK", "Cerai Mati": "CM", "Cerai Hidup": "CH"}
    rows: Table = []
    number = 0
    for card, address, members in zip(CARDS, addresses, FAMILIES, strict=True):
        labels = line(A="No. KK :", C="Nama Kepala Keluarga :", G="No. Blangko KK :", K="Tgl Cetak KK :", L="Alamat :")
        rows += [*top, labels, line(A=card, C=members[0][0], L=address)]
        for name, nik, sex, born, relation, status in members:
            number += 1
            rows.append(
                line(A=number, B=name, C=nik, D="MUSI", E=born, F={"L": "Lk", "P": "Pr"}[sex], G=marital[status], H="-",
                     I=relation, J="ISLAM", K="SLTP / SEDERAJAT", L="17495/TAMB/200\n5", M="PETANI / PEKEBUN", N="IBU",
                     O="AYAH", P="WAJIB", Q="KTP-eL" if number < 3 else "BELUM", R="SDH DPT", S="SENT FOR\nCARD")
            )  # fmt: skip
        rows.append(line(S="CARD PRINTING"))  # the tail of a cell, on a line of its own
    return rows
