"""Workbooks in the layouts of other systems, made from their heading lists: the same four people in each."""

from typing import Any

from .workbooks import Table

CARD_1, CARD_2 = "5201140104126994", "5201140104126995"

# What is said of each person, by what it means. The codes are those of OpenSID, which are the official ones.
PEOPLE: list[dict[str, str]] = [
    {"no_kk": CARD_1, "nik": "5201142005706996", "nama": "AHLUL", "sex": "1", "born": "1970-05-20", "agama": "1",
     "kawin": "2", "shdk": "1", "warga": "1", "kerja": "26", "cacat": "7", "hamil": "", "ktp": "2", "dasar": "1",
     "dusun": "MANGSIT", "rw": "-", "rt": "004"},
    {"no_kk": CARD_1, "nik": "5201145003966995", "nama": "ADINI", "sex": "2", "born": "1996-03-10", "agama": "1",
     "kawin": "1", "shdk": "4", "warga": "1", "kerja": "2", "cacat": "1", "hamil": "2", "ktp": "1", "dasar": "1",
     "dusun": "Dusun Mangsit", "rw": "-", "rt": "4"},
    {"no_kk": CARD_2, "nik": "5201141003656996", "nama": "AHYAR", "sex": "1", "born": "1965-03-10", "agama": "4",
     "kawin": "4", "shdk": "1", "warga": "1", "kerja": "88", "cacat": "", "hamil": "", "ktp": "2", "dasar": "2",
     "dusun": "SENGGIGI", "rw": "-", "rt": "001"},
    {"no_kk": CARD_2, "nik": "5201144609776995", "nama": "ALIYAH", "sex": "2", "born": "1977-09-06", "agama": "4",
     "kawin": "3", "shdk": "9", "warga": "2", "kerja": "9", "cacat": "2", "hamil": "1", "ktp": "3", "dasar": "1",
     "dusun": "SENGGIGI", "rw": "-", "rt": "001"},
]  # fmt: skip

MEANING = {
    "no_kk": "NO_KK no_kk Nomor_KK nomor_kk",
    "nik": "NIK nik Nomor_NIK nomor_nik",
    "nama": "Nama_Lengkap NAMA Nama nama",
    "sex": "Jenis_Kelamin SEX sex jenis_kelamin",
    "born": "Tanggal_Lahir TANGGALLAHIR tanggallahir tanggal_lahir",
    "agama": "Agama AGAMA agama_id agama",
    "kawin": "Status_Perkawinan STATUS_KAWIN status_kawin Kawin kawin",
    "shdk": "Status_Hubungan_Dalam_Keluarga KK_LEVEL kk_level Hub._Keluarga hubungan_keluarga",
    "warga": "Kewarganegaraan WARGANEGARA_ID warganegara_id kewarganegaraan",
    "kerja": "Pekerjaan PEKERJAAN_ID pekerjaan_id pekerjaan",
    "cacat": "Cacat cacat_id cacat",
    "hamil": "Hamil hamil",
    "ktp": "KTP_EL ktp_el KTP-el",
    "dasar": "Status_Dasar status_dasar",
    "dusun": "DUSUN dusun Dusun",
    "rw": "RW rw",
    "rt": "RT rt",
}
OF_HEADING = {heading: what for what, headings in MEANING.items() for heading in headings.split()}

OLDEST = (
    "DUSUN, RW, RT, Nama Lengkap, NO_KK, NIK, Jenis Kelamin, Tempat Lahir, Tanggal Lahir, Agama, "
    "Pendidikan Dalam KK, Pendidikan Sedang Ditempuh, Pekerjaan, Status Perkawinan, Status Hubungan Dalam Keluarga, "
    "Kewarganegaraan, Nama Ayah, Nama Ibu, Golongan Darah"
)
V2_5 = (
    f"Alamat, {OLDEST}, Akta Lahir, Nomor Dokumen Pasport, Tanggal Akhir Pasport, Nomor Dokumen KITAS, NIK Ayah, "
    "NIK Ibu, Nomor Akta Perkawinan, Tanggal Perkawinan, Nomor Akta Perceraian, Tanggal Perceraian, Cacat, Cara KB, "
    "Hamil"
)
V21_12 = f"{V2_5}, KTP EL, Status Rekam, Alamat Sekarang, Status Dasar"
V22_11 = (
    "alamat, dusun, rw, rt, nama, no_kk, nik, sex, tempatlahir, tanggallahir, agama_id, pendidikan_kk_id, "
    "pendidikan_sedang_id, pekerjaan_id, status_kawin, kk_level, warganegara_id, ayah_nik, nama_ayah, ibu_nik, "
    "nama_ibu, golongan_darah_id, akta_lahir, dokumen_pasport, tanggal_akhir_paspor, dokumen_kitas, akta_perkawinan, "
    "tanggalperkawinan, akta_perceraian, tanggalperceraian, cacat_id, cara_kb_id, hamil, ktp_el, status_rekam, "
    "alamat_sekarang, status_dasar, suku, tag_id_card, id_asuransi, no_asuransi"
)
VINTAGES: dict[str, tuple[int, str]] = {
    "OpenSID (v0.1 sampai v0.9)": (20, f"{OLDEST}, JAMKESNAS"),
    "OpenSID (contoh v0.5)": (
        20,
        f"{OLDEST}, JAMKESNAS".replace(" ", "_").replace(",_", ", ").replace("Pendidikan_Sedang", "Pendidkan_Sedang"),
    ),
    "OpenSID (v1.9 sampai v2.4)": (20, f"Alamat, {OLDEST}"),
    "OpenSID (v2.5)": (33, V2_5),
    "OpenSID (v2.10 sampai v21.01)": (35, f"{V2_5}, KTP EL, Status Rekam"),
    "OpenSID (contoh v18.12 sampai v20.10)": (
        20,
        "Alamat, DUSUN, RW, RT, NAMA, NO_KK, NIK, SEX, TEMPATLAHIR, TANGGALLAHIR, AGAMA, PENDIDIKAN_KK_ID, "
        "PENDIDIKAN_SEDANG_ID, PEKERJAAN_ID, STATUS_KAWIN, KK_LEVEL, WARGANEGARA_ID, NAMA_AYAH, NAMA_IBU, "
        "GOLONGAN_DARAH_ID",
    ),
    "OpenSID (v21.12)": (37, V21_12),
    "OpenSID (ekspor v21.12)": (
        37,
        V21_12.replace("NO_KK, NIK", "Nomor KK, Nomor NIK")
        .replace("Pendidikan Dalam KK", "Pendidikan (dlm KK)")
        .replace("Pendidikan Sedang Ditempuh", "Pendidikan (sdg ditempuh)")
        .replace("Status Perkawinan", "Kawin")
        .replace("Status Hubungan Dalam Keluarga", "Hub. Keluarga")
        .replace("Golongan Darah", "Gol. Darah")
        .replace("KTP EL", "KTP-el"),
    ),
    "OpenSID (v22.07)": (38, f"{V21_12}, Suku"),
    "OpenSID (v22.09)": (41, f"{V21_12}, Suku, Tag ID Card, Asuransi, Nomor Asuransi"),
    "OpenSID (v22.11 sampai v2401)": (41, V22_11),
    "OpenSID (v2410)": (43, f"{V22_11}, lat, lng"),
    "OpenSID (2026)": (44, f"{V22_11}, lat, lng, ket"),
    "OpenDK": (
        42,
        "alamat, dusun, rw, rt, nama, nomor_kk, nomor_nik, jenis_kelamin, tempat_lahir, tanggal_lahir, agama, "
        "pendidikan_dlm_kk, pendidikan_sdg_ditempuh, pekerjaan, kawin, hubungan_keluarga, kewarganegaraan, nama_ayah, "
        "nama_ibu, gol_darah, akta_lahir, nomor_dokumen_pasport, tanggal_akhir_pasport, nomor_dokumen_kitas, "
        "nik_ayah, nik_ibu, nomor_akta_perkawinan, tanggal_perkawinan, nomor_akta_perceraian, tanggal_perceraian, "
        "cacat, cara_kb, hamil, ktp_el, status_rekam, alamat_sekarang, id, foto, status_dasar, created_at, "
        "updated_at, desa_id",
    ),
}


def headings(vintage: str) -> list[str]:
    """The heading row of a vintage."""
    return VINTAGES[vintage][1].split(", ")


def opensid(vintage: str, **changed: str) -> Table:
    """A vintage's table of the four people; `changed` writes over what is said of the first."""
    people = [PEOPLE[0] | changed, *PEOPLE[1:]]
    names = headings(vintage)
    return [names, *([_said(person, name) for name in names] for person in people)]


def _said(person: dict[str, str], heading: str) -> Any:
    what = OF_HEADING.get(heading.replace(" ", "_"))
    if what:
        return person[what]
    # Columns that are not ours hold what could be taken for an answer if they were read.
    return {"akta_lahir": "5203-LT-01", "akta lahir": "5203-LT-01"}.get(heading.lower().replace("_", " "), "1")
