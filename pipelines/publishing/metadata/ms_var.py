"""MS-Var: one record a column of a dataset, from its declaration alone."""

from pipelines.publishing.metadata.form import UNFILLED, Ask, Form, Missing, Record
from pipelines.publishing.metadata.validity import rules_of
from schemas import datasets
from schemas.codelists import code_list
from schemas.dataset import Column, Dataset
from schemas.kinds import Amount, Code, Date, FamilyCard, Kind, Letter, Nik, Place, Text, Whole, YesNo
from schemas.meaning import Meaning

ASKS = (
    Ask("", "nomor", "No.", 5),
    Ask("1", "nama_variabel", "Nama variabel", 17),
    Ask("2", "alias", "Alias", 18),
    Ask("3", "konsep", "Konsep", 17),
    Ask("4", "definisi", "Definisi", 38),
    Ask("5", "referensi_pemilihan", "Referensi pemilihan", 22),
    Ask("6", "referensi_waktu", "Referensi waktu", 16),
    Ask("7", "ukuran", "Ukuran", 9),
    Ask("8", "satuan", "Satuan", 9),
    Ask("9", "tipe_data", "Tipe data", 12),
    Ask("10", "klasifikasi_isian", "Klasifikasi isian", 26),
    Ask("11", "aturan_validasi", "Aturan validasi", 38),
    Ask("12", "kalimat_pertanyaan", "Kalimat pertanyaan", 24),
    Ask("13", "akses_umum", "Apakah dapat diakses umum", 18),
)
NONE = "Tidak ada"
LISTED_IN_CELL = 12  # codes; a longer list stands on its own sheet only
HOW = "Lengkapi means=Meaning(...) pada deklarasi kolom ini di schemas/."
PRIVATE = {
    "umum": "2 Tidak: keterangan satuan, hanya keluar sebagai indikator",
    "pribadi": "2 Tidak: data pribadi (UU 27/2022), hanya keluar sebagai indikator",
    "spesifik": "2 Tidak: data pribadi spesifik (UU 27/2022), hanya keluar sebagai indikator",
}


def ms_var(about: dict[str, str]) -> Form:
    """The form for every column of every dataset, registers before recaps."""
    records: list[Record] = []
    missing: list[Missing] = []
    for dataset in datasets().values():
        for name, column in dataset.columns().items():
            answers = {"nomor": str(len(records) + 1)} | variable(dataset, name, column)
            records.append(Record(dataset.about().title, answers))
            where = f"MS-Var {dataset.about().name}.{name}"
            missing += [Missing(where, ask.label, HOW) for ask in ASKS if answers[ask.nama] == UNFILLED]
    lists = {codes: [(e.code, e.label) for e in code_list(codes)] for codes in _code_lists()}
    return Form("MS-Var", "Metadata Statistik Variabel (MS-Var)", about, ASKS, records, "kumpulan_data", missing, lists)


def variable(dataset: type[Dataset], name: str, column: Column) -> dict[str, str]:
    """The answers for one column. What its declaration does not say is said to be missing, never made up."""
    means = column.means or Meaning("", "", "", "", time="")
    measured = isinstance(column.kind, Whole | Amount)
    return {
        "nama_variabel": column.label,
        "alias": name,
        "konsep": _said(means.concept),
        "definisi": _said(means.definition),
        "referensi_pemilihan": _said(means.reference),
        "referensi_waktu": _said(means.time),
        "ukuran": _said(means.unit and means.measure) if measured else NONE,
        "satuan": _said(means.unit) if measured else NONE,
        "tipe_data": data_type(column.kind),
        "klasifikasi_isian": classification(column.kind),
        "aturan_validasi": rules_of(dataset, name, column),
        "kalimat_pertanyaan": _said(means.question),
        "akses_umum": PRIVATE[column.sensitivity],
    }


def data_type(kind: Kind) -> str:
    """The kind of a column as a statistician names it."""
    match kind:
        case Nik() | FamilyCard():
            return "Teks (16 angka)"
        case Text() | Place():
            return "Teks"
        case Date():
            return "Tanggal"
        case YesNo():
            return "Ya/Tidak (kode)"
        case Code():
            return "Bilangan bulat (kode)"
        case Letter():
            return "Huruf (kode)"
        case Whole():
            return "Bilangan bulat"
        case Amount():
            return "Bilangan desimal"
    raise TypeError(f"{type(kind).__name__} has no data type in MS-Var")


def classification(kind: Kind) -> str:
    """The codes of a column, or where they are listed."""
    codes = getattr(kind, "codes", None)
    if not codes:
        return NONE
    entries = code_list(codes)
    if len(entries) <= LISTED_IN_CELL:
        return "; ".join(f"{entry.code} {entry.label}" for entry in entries)
    return f"Daftar {codes} ({len(entries)} kode), lihat lembar Klasifikasi"


def _code_lists() -> list[str]:
    """The code lists in the order in which columns name them."""
    kinds = (column.kind for dataset in datasets().values() for column in dataset.columns().values())
    return list(dict.fromkeys(codes for kind in kinds if (codes := getattr(kind, "codes", None))))


def _said(text: str) -> str:
    return text or UNFILLED
