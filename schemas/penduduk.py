"""`penduduk`: the population register of an RT, one row a resident."""

import pandas as pd

from schemas import keys
from schemas.ages import completed_years
from schemas.dataset import Dataset, column, rule
from schemas.kinds import Code, Date, Text, YesNo
from schemas.meaning import ADMINDUK, BANSOS, DISABILITAS, KK, PENDUDUK, STATUS_DASAR, Meaning

# Kemendagri province codes that a NIK may begin with, those of divided provinces included.
PROVINCES = (
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73, 74,
    75, 76, 81, 82, 91, 92, 93, 94, 95, 96, 97,
)  # fmt: skip
FIRST_ISSUED = 10**15  # a temporary number begins with 0
HEAD, HUSBAND, WIFE, CHILD = 1, 2, 3, 4
MAN, WOMAN = 1, 2
NOT_MARRIED, ALIVE = 1, 1
ASKED_OF_MARRIAGE = 10  # years of age from which BPS asks it


class Penduduk(
    Dataset, name="penduduk", title="Penduduk", order=1, grain="penduduk", identity="nik"
):  # fmt: skip
    """The register from which every figure on people is counted."""

    no_kk = keys.no_kk()
    nik = keys.nik()
    nama = keys.nama()
    jenis_kelamin = column(
        "Jenis Kelamin", Code(codes="jenis_kelamin"), "1 Laki-laki, 2 Perempuan.",
        ("JK", "L/P", "Sex", "Kelamin", "Jns Kelamin", "Jenis Kel", "LK/PR", "Gender", "Jns Klmn", "Jenis Klmn",
         "Jns Klm", "Jns Kel", "J Kelamin", "JENIS_KLMIN"),
        required=True, sensitivity="pribadi",
        means=Meaning("Jenis Kelamin", "Pembedaan penduduk sebagai laki-laki atau perempuan menurut KTP-el atau KK.",
            KK, "Apa jenis kelaminnya?"),
    )  # fmt: skip
    tempat_lahir = column(
        "Tempat Lahir", Text(), "Kabupaten atau kota kelahiran.",
        ("Tmp Lahir", "Tmpt Lahir", "Tmpt Lhr", "Tpt Lahir", "Tempat Lhr", "Tmp Lhr", "Tpt Lhr", "Lahir Tempat",
         "Kelahiran Tempat"), sensitivity="pribadi",
        means=Meaning("Tempat Lahir", "Kabupaten atau kota tempat seseorang dilahirkan menurut KTP-el atau KK.", KK,
            "Di kabupaten atau kota mana ia dilahirkan?"),
    )  # fmt: skip
    tanggal_lahir = column(
        "Tanggal Lahir", Date(), "Hari-bulan-tahun, misalnya 31-12-1990.",
        ("Tgl Lahir", "Tgl Lhr", "Tanggal Lhr", "Tgl/Bln/Th", "Tgl/Bln/Thn", "Tgl Bln Thn Lahir",
         "Tempat, Tanggal Lahir", "Tempat dan Tanggal Lahir", "Tempat, Tgl Lahir", "Tempat Tgl Lhr", "TTL", "TTL Tgl",
         "Tempat Tanggal Lahir Tgl", "Tempat Tanggal Lahir Tanggal", "Tmp Tgl Lahir", "Tmpt Tgl Lahir",
         "Tpt Tgl Lahir", "Tmp Tgl Lhr", "Tmpt Tgl Lhr", "Kelahiran Tanggal", "Kelahiran Tgl", "Lahir Tanggal",
         "Lahir Tgl"),
        required=True, sensitivity="pribadi",
        means=Meaning("Tanggal Lahir",
            "Hari, bulan, dan tahun kelahiran menurut KTP-el atau KK. Umur dihitung darinya sebagai umur pada ulang "
            "tahun terakhir sampai tanggal acuan.", KK, "Kapan tanggal lahirnya?"),
    )  # fmt: skip
    hubungan_keluarga = column(
        "Hubungan dalam Keluarga", Code(codes="hubungan_keluarga"), "Hubungan dengan kepala keluarga menurut KK.",
        ("SHDK", "Hubungan Keluarga", "Hub Keluarga", "Hub Kel", "Status Hubungan Dalam Keluarga", "Hubungan",
         "Status Keluarga", "Status dalam Keluarga", "STAT_HBKEL", "Hubungan dengan Kepala Keluarga", "Hub dlm Kel",
         "Kedudukan dalam Keluarga", "Status Hubungan Keluarga", "Status Hubungan", "Hubungan dengan KK",
         "Hubungan Kel", "Posisi dalam Keluarga", "Status di Keluarga", "Status Anggota Keluarga"),
        means=Meaning("Hubungan Keluarga", "Hubungan seseorang dengan kepala keluarga dalam satu Kartu Keluarga.", KK,
            "Apa hubungannya dengan kepala keluarga?"),
    )  # fmt: skip
    status_perkawinan = column(
        "Status Perkawinan", Code(codes="status_perkawinan"), "Status perkawinan menurut KK.",
        ("Status Kawin", "Stat Kwn", "Kawin", "Status Nikah", "STATNIKAH", "Status Pernikahan", "Status Menikah",
         "Status Perkawinan/Pernikahan", "Perkawinan"),
        sensitivity="pribadi",
        means=Meaning("Status Perkawinan",
            "Keadaan perkawinan seseorang menurut KK: belum kawin, kawin, cerai hidup, atau cerai mati; kawin "
            "mencakup yang tercatat dan yang belum tercatat.", KK, "Apa status perkawinannya?"),
    )  # fmt: skip
    agama = column(
        "Agama", Code(codes="agama"), "Agama menurut KTP atau KK.", ("Agama/Kepercayaan",), sensitivity="pribadi",
        means=Meaning("Agama", "Agama atau kepercayaan yang dianut menurut KTP-el atau KK.", KK,
            "Apa agamanya menurut KTP-el atau KK?"),
    )  # fmt: skip
    pekerjaan = column(
        "Pekerjaan", Text(codes="pekerjaan"), "Pekerjaan menurut KK (bukan status ketenagakerjaan).",
        ("Jenis Pekerjaan", "Pekerjaan Utama", "Mata Pencaharian", "Pencaharian", "Profesi", "JENIS_PKRJN"),
        means=Meaning("Jenis Pekerjaan",
            "Jenis pekerjaan yang tertulis pada KK menurut daftar Dukcapil. Bukan status ketenagakerjaan: tidak "
            "dipakai untuk menghitung bekerja atau menganggur.", KK, "Apa pekerjaannya menurut KK?"),
    )  # fmt: skip
    kewarganegaraan = column(
        "Kewarganegaraan", Code(codes="kewarganegaraan"), "WNI, WNA, atau dua kewarganegaraan.",
        ("Warganegara", "Warga Negara", "Kebangsaan", "WNI/WNA"), sensitivity="pribadi",
        means=Meaning("Kewarganegaraan",
            "Status seseorang sebagai warga negara Indonesia, warga negara asing, atau berkewarganegaraan ganda.", KK,
            "Apa kewarganegaraannya?"),
    )  # fmt: skip
    disabilitas = column(
        "Disabilitas", Code(codes="disabilitas"), "0 Tidak, atau jenis disabilitasnya.",
        ("Cacat", "Penyandang Disabilitas", "Jenis Disabilitas", "Jenis Cacat", "Kecacatan"), sensitivity="spesifik",
        means=Meaning("Disabilitas",
            "Ada tidaknya keterbatasan fisik, sensorik, mental, atau gabungannya dalam jangka waktu lama, dan "
            "ragamnya.", DISABILITAS, "Apakah ia penyandang disabilitas? Bila ya, apa ragamnya?"),
    )  # fmt: skip
    hamil = column(
        "Sedang Hamil", YesNo(), "Apakah sedang hamil.", ("Hamil", "Status Kehamilan"), sensitivity="spesifik",
        means=Meaning("Kehamilan",
            "Apakah seorang perempuan sedang mengandung pada tanggal acuan; salah satu komponen PKH.", BANSOS,
            "Apakah ia sedang hamil?"),
    )  # fmt: skip
    akta_lahir = column(
        "Akta Kelahiran", YesNo(), "Apakah memiliki akta kelahiran.",
        ("Akta Lahir", "Memiliki Akta Kelahiran", "Punya Akta Kelahiran", "Punya Akta Lahir"),
        means=Meaning("Akta Kelahiran", "Apakah seseorang memiliki akta kelahiran yang diterbitkan pencatatan sipil.",
            ADMINDUK, "Apakah ia memiliki akta kelahiran?"),
    )  # fmt: skip
    ktp_el = column(
        "KTP-el", YesNo(), "Apakah memiliki KTP elektronik.",
        ("KTP Elektronik", "e-KTP", "Memiliki KTP-el", "Kepemilikan KTP-el"),
        means=Meaning("Kartu Tanda Penduduk Elektronik",
            "Apakah seseorang memiliki KTP elektronik. Wajib bagi yang berumur 17 tahun ke atas atau pernah kawin.",
            ADMINDUK, "Apakah ia memiliki KTP-el?"),
    )  # fmt: skip
    tinggal = column(
        "Tinggal di RT Ini", YesNo(), "Apakah sehari-hari tinggal di RT ini; kosong berarti Ya.",
        ("Tinggal", "Domisili di RT Ini", "Berdomisili"), default=True,
        means=Meaning("Domisili",
            "Apakah seseorang yang terdaftar di RT ini sehari-hari tinggal di RT ini. Statistik menghitung yang "
            "tinggal; yang terdaftar tetapi tinggal di tempat lain tidak dihitung.", PENDUDUK,
            "Apakah ia sehari-hari tinggal di RT ini?"),
    )  # fmt: skip
    status_dasar = column(
        "Status Dasar", Code(codes="status_dasar"), "Hidup, mati, pindah; kosong berarti hidup.",
        ("Status Penduduk", "Status Kependudukan"), default=1,
        means=Meaning("Status Dasar Penduduk",
            "Keadaan seseorang dalam daftar RT: hidup, mati, pindah, hilang, pergi, atau tidak valid. Yang dihitung "
            "sebagai penduduk hanya yang hidup.", STATUS_DASAR,
            "Apakah ia masih hidup dan terdaftar, atau sudah meninggal, pindah, atau pergi?"),
    )  # fmt: skip
    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()

    @rule("ID02", at="nik")
    def nik_agrees(cls, frame: pd.DataFrame) -> pd.Series:
        """Digits 7 to 12 of a NIK are the day (women + 40), month and year of birth."""
        rows = frame[["nik", "tanggal_lahir", "jenis_kelamin"]].dropna()
        number = cls._numbers(rows)
        born, woman = rows["tanggal_lahir"].dt, (rows["jenis_kelamin"] == WOMAN).astype("int64")
        expected = (born.day + 40 * woman) * 10_000 + born.month * 100 + born.year % 100
        keeps = pd.Series(True, index=frame.index)
        keeps[rows.index] = (number // 10_000 % 1_000_000 == expected) | (number < FIRST_ISSUED)
        return keeps

    @classmethod
    def _numbers(cls, frame: pd.DataFrame) -> pd.Series:
        """The NIKs of those who have one, as whole numbers: all digits are compared at once."""
        return frame["nik"].dropna().astype("int64")

    @rule("ID03", at="nik")
    def nik_province(cls, frame: pd.DataFrame) -> pd.Series:
        """The first two digits are the province of first registration; temporary numbers begin with 0."""
        number = cls._numbers(frame)
        keeps = pd.Series(True, index=frame.index)
        keeps[number.index] = (number // 10**14).isin(PROVINCES) | (number < FIRST_ISSUED)
        return keeps

    @rule("ID07", at="nik")
    def nik_issued(cls, frame: pd.DataFrame) -> pd.Series:
        """OpenSID gives a temporary number that begins with 0 to whoever has no NIK yet."""
        number = cls._numbers(frame)
        keeps = pd.Series(True, index=frame.index)
        keeps[number.index] = number >= FIRST_ISSUED
        return keeps

    @rule("ID04", at="no_kk", detail="sama dengan sebuah NIK dalam berkas ini")
    def card_is_no_nik(cls, frame: pd.DataFrame) -> pd.Series:
        """A NIK in the KK column: the pair (file, number) also stands in the NIK column."""
        keeps = ~cls._in_both(frame, "no_kk")
        if not keeps.all():  # the family of whoever wrote the card's number as his NIK is not at fault
            file = frame["file"].astype("str")
            keeps |= (file + frame["no_kk"]).isin((file + frame["nik"])[~cls.nik_is_no_card(frame)])
        return keeps

    @rule("ID01", at="nik", detail="angka ini Nomor KK, bukan NIK")
    def nik_is_no_card(cls, frame: pd.DataFrame) -> pd.Series:
        """A card's number in the NIK column: several rows have it as their card, and the person's dates deny it."""
        keeps = ~cls._in_both(frame, "nik")
        if keeps.all():
            return keeps
        file = frame["file"].astype("str")
        cards = (file + frame["no_kk"]).value_counts()
        many = (file + frame["nik"]).map(cards).fillna(0) > 1
        return keeps | ~many | (frame["nik"] == frame["no_kk"]) | cls.nik_agrees(frame)

    @classmethod
    def _in_both(cls, frame: pd.DataFrame, column: str) -> "pd.Series[bool]":
        """The rows whose number stands in the other of the two columns too, within one file."""
        other = "nik" if column == "no_kk" else "no_kk"
        # Hardly any number stands in both columns of a whole batch; only of these the file is looked at.
        own = frame.loc[frame[column].isin(frame[other].dropna()), ["file", column]]
        theirs = frame.loc[frame[other].isin(own[column]), ["file", other]]
        found = (own["file"].astype("str") + own[column]).isin(theirs["file"].astype("str") + theirs[other])
        return found.reindex(frame.index, fill_value=False)

    @rule("DUP03", at="nik")
    def one_person_one_nik(cls, frame: pd.DataFrame) -> pd.Series:
        """The same name and birth date in one file under two NIKs."""
        who = ["file", "nama", "tanggal_lahir"]
        alike = frame[["nama", "tanggal_lahir", "nik"]].notna().all(axis=1) & frame.duplicated(who, keep=False)
        if not alike.any():
            return ~alike
        niks = frame[alike].groupby(who)["nik"].transform("nunique")
        keeps = pd.Series(True, index=frame.index)
        keeps[alike] = niks == 1
        return keeps

    @rule("KK01", at="hubungan_keluarga")
    def one_head_a_family(cls, frame: pd.DataFrame) -> pd.Series:
        """Every family of a file that states relations has exactly one living head; its first row is marked."""
        states_relations = frame.loc[frame["hubungan_keluarga"].notna(), "file"].unique()
        counted = frame["file"].isin(states_relations) & frame["no_kk"].notna() & (frame["status_dasar"] == ALIVE)
        rows = frame.loc[counted, ["file", "no_kk", "hubungan_keluarga"]]
        head = (rows["hubungan_keluarga"] == HEAD).fillna(False).astype("int64")
        families = head.groupby([rows["file"], rows["no_kk"]])
        heads = families.transform("sum")
        no_head = (heads == 0) & (families.cumcount() == 0)
        second_head = (heads > 1) & (head == 1) & (families.cumsum() > 1)
        keeps = pd.Series(True, index=frame.index)
        keeps[rows.index] = ~(no_head | second_head)
        return keeps

    @rule("KK02", at="tanggal_lahir")
    def plausible_family_ages(cls, frame: pd.DataFrame) -> pd.Series:
        """No unmarried head under 17, no child older than the head."""
        is_head = (frame["hubungan_keluarga"] == HEAD).fillna(False).astype(bool)
        heads = frame[is_head & frame["no_kk"].notna()].drop_duplicates(["file", "no_kk"])
        born = heads.set_index(["file", "no_kk"])["tanggal_lahir"]
        child = (frame["hubungan_keluarga"] == CHILD).fillna(False).astype(bool) & frame["no_kk"].notna()
        families = pd.MultiIndex.from_frame(frame.loc[child, ["file", "no_kk"]])
        older = frame.loc[child, "tanggal_lahir"].to_numpy() < born.reindex(families).to_numpy()
        age = completed_years(frame["tanggal_lahir"], frame["reference_date"])
        unmarried = (frame["status_perkawinan"] == NOT_MARRIED).fillna(False).astype(bool)
        keeps = ~(is_head & (age < 17) & unmarried)
        keeps[frame.index[child]] &= ~older
        return keeps

    @rule("KK04", at="hubungan_keluarga")
    def spouses_sex(cls, frame: pd.DataFrame) -> pd.Series:
        """No wife who is a man, no husband who is a woman: what numbers of another system's list look like in ours."""
        relation, sex = frame["hubungan_keluarga"], frame["jenis_kelamin"]
        odd = ((relation == WIFE) & (sex == MAN)) | ((relation == HUSBAND) & (sex == WOMAN))
        return ~odd.fillna(False).astype(bool)

    @rule("KK05", at="status_perkawinan")
    def no_married_child(cls, frame: pd.DataFrame) -> pd.Series:
        """Nobody under 10 has been married: Prodeskel swaps the numbers of single and married."""
        age = completed_years(frame["tanggal_lahir"], frame["reference_date"])
        married = (frame["status_perkawinan"] != NOT_MARRIED).fillna(False).astype(bool)
        return ~(married & (age < ASKED_OF_MARRIAGE).fillna(False).astype(bool))

    @rule("LIFE06", at="tanggal_lahir")
    def plausible_age(cls, frame: pd.DataFrame) -> pd.Series:
        """Nobody older than 105 without a second look."""
        return ~(completed_years(frame["tanggal_lahir"], frame["reference_date"]) > 105)

    @rule("LIFE03", at="tanggal_lahir")
    def already_born(cls, frame: pd.DataFrame) -> pd.Series:
        """No birth after the reference date of the period."""
        return ~(frame["tanggal_lahir"] > frame["reference_date"])
