"""MS-Ind: one record an indicator, from its entry in `schemas/indicators/` and the columns that it is traced to."""

from collections.abc import Mapping
from decimal import Decimal

from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.indicators.derived import is_sized, parts_of
from pipelines.publishing.metadata.form import UNFILLED, Ask, Form, Missing, Record
from pipelines.publishing.metadata.latex import formula
from pipelines.publishing.metadata.levels import Levels
from pipelines.publishing.numbers import number
from pipelines.publishing.workbook_definitions import RECOMPUTED, in_words
from pipelines.publishing.workbook_notes import MARKS
from pipelines.publishing.workbook_publication import Entry, Publication
from pipelines.publishing.workbook_titles import subject_title
from schemas import datasets

BUILT_OF = "variabel_pembangun"
ASKS = (
    Ask("", "nomor", "No.", 5),
    Ask("1", "nama_indikator", "Nama indikator", 20),
    Ask("2", "konsep", "Konsep", 14),
    Ask("3", "definisi", "Definisi", 30),
    Ask("4", "interpretasi", "Interpretasi", 24),
    Ask("5", "metode_perhitungan", "Metode perhitungan", 36),
    Ask("6", "rumus", "Rumus (LaTeX)", 34),
    Ask("7", "ukuran", "Ukuran", 10),
    Ask("8", "satuan", "Satuan", 12),
    Ask("9", "klasifikasi_penyajian", "Variabel disagregasi/klasifikasi penyajian", 17),
    Ask("10", "komposit", "Apakah indikator komposit", 9),
    Ask("11", "indikator_pembangun", "Indikator pembangun", 10),
    Ask("12", BUILT_OF, "Variabel pembangun", 34),
    Ask("13", "kegiatan_penghasil", "Kegiatan penghasil variabel (kode kegiatan)", 18),
    Ask("14", "level_estimasi", "Level estimasi", 14),
    Ask("15", "akses_umum", "Apakah dapat diakses umum", 15),
    Ask("16", "rujukan", "Rujukan dan catatan", 26),
    Ask("17", "kode_tabel", "Kode pada tabel Cantik", 16),
)
HOW = "Lengkapi teksnya pada entri indikator ini di schemas/indicators/."
UNKNOWN = "Yang keterangannya tidak diketahui tidak masuk pembilang maupun penyebut."
SUMMED = "Dijumlahkan dari RT ke setiap tingkat wilayah."
MADE_OF = (
    "Disusun di setiap tingkat wilayah dari angka wilayah itu yang sudah dijumlahkan dari RT: {parts}. Ada hanya "
    "bila {when}."
)
SAME_RTS = "RT yang sama melapor pada semuanya"
OWN_METHOD = {
    "median": "Penduduk menurut umur satu tahunan dijumlahkan dari RT; mediannya dihitung ulang di setiap tingkat.",
    "sum_of_ratios": "Pembilang dan penyebut setiap umur dijumlahkan dari RT; jumlah rasionya dihitung ulang di setiap "
    "tingkat.",
    "gini": "Dihitung ulang dari data keluarga pada setiap tingkat wilayah, bukan dari rasio gini RT.",
}


def ms_ind(
    about: dict[str, str],
    publication: Publication,
    levels: dict[str, Levels],
    line: Decimal | None,
    traced: Mapping[str, str],
) -> Form:
    """The form for every indicator of the release. `line` is the period's poverty line, None where nobody gave it.

    `traced` are the variables behind indicators that are known already, by code.
    """
    records: list[Record] = []
    missing: list[Missing] = []
    maker = f"{about['judul']} ({about['kode_kegiatan']})"
    for subject, entries in publication.subjects.items():
        for entry in entries:
            told = indicator(entry, levels.get(entry.code, Levels()), line, traced.get(entry.code, ""))
            answers = {"nomor": str(len(records) + 1)} | told
            answers["kegiatan_penghasil"] = maker
            records.append(Record(subject_title(subject), {ask.nama: answers[ask.nama] for ask in ASKS}))
            where = f"MS-Ind {entry.code}"
            missing += [Missing(where, ask.label, HOW) for ask in ASKS if answers[ask.nama] == UNFILLED]
    return Form("MS-Ind", "Metadata Statistik Indikator (MS-Ind)", about, ASKS, records, "subjek", missing)


def indicator(entry: Entry, levels: Levels, line: Decimal | None, built: str = "") -> dict[str, str]:
    """The answers for one indicator; `built` are the variables behind it, where these are known already."""
    declared = catalogue()[entry.code]
    note = f" {MARKS['¹⁾']}" if entry.official else ""
    told = {
        "nama_indikator": entry.name,
        "konsep": entry.concept,
        "definisi": entry.definition,
        "interpretasi": entry.interpretation,
        "metode_perhitungan": method(entry, declared, line),
        "rumus": declared.latex or formula(entry),
        "ukuran": entry.measure,
        "satuan": entry.unit,
        "klasifikasi_penyajian": split_by(declared),
        "komposit": "1 Ya" if declared.composite else "2 Tidak",
        "indikator_pembangun": declared.composite or "Tidak berlaku",
        BUILT_OF: built or built_of(declared),
        "level_estimasi": ", ".join(levels.every),
        "akses_umum": access(levels),
        "rujukan": f"{entry.reference}.{note}",
        "kode_tabel": entry.code,
    }
    return {name: text.strip() or UNFILLED for name, text in told.items()}


def split_by(declared: Indicator) -> str:
    """What the indicator is presented by: area, sex, and each of its distributions with its codes in words."""
    told = ["Wilayah", *(["jenis kelamin (total, L, P)"] if declared.by_sex else [])]
    for dimension in declared.dimensions:
        label = dimension.label[0].lower() + dimension.label[1:]
        told.append(f"{label} ({', '.join(dimension.codes.values())})" if dimension.like is None else label)
    return "; ".join(told)


def access(levels: Levels) -> str:
    """Whether the public may see the indicator in this release, and at which levels."""
    if levels.shown:
        return f"1 Ya: {', '.join(levels.shown)}"
    return "2 Tidak: disembunyikan pada semua tingkat" if levels.withheld else "1 Ya, setelah RT melaporkannya"


def method(entry: Entry, declared: Indicator, line: Decimal | None) -> str:
    """How the figure is made, in sentences."""
    told = [f"{in_words(entry)}."]
    if declared.is_derived:
        told.append(made_of(declared))
    elif entry.method in OWN_METHOD:
        told.append(OWN_METHOD[entry.method])
    else:
        told.append(SUMMED if entry.denominator is None else f"{UNKNOWN} {RECOMPUTED}")
    if declared.poverty_line:
        amount = "belum ada di cantik.toml" if line is None else f"Rp{number(float(line))}"
        told.append(f"Garis kemiskinan per kapita per bulan: {amount}.")
    if declared.recap:
        told.append("RT yang hanya mengirim rekap dihitung dari rekapnya.")
    return " ".join(told)


def made_of(declared: Indicator) -> str:
    """What a derived indicator is put together from, in a sentence or two."""
    parts = [part.label for part in parts_of(declared.code) if part.figure]
    same = "luas wilayahnya diketahui dan semua RT melapor" if is_sized(declared.code) else SAME_RTS
    told = MADE_OF.format(parts=", ".join(parts), when=same)
    if declared.lowest != "rt":
        told += f" Di bawah tingkat {declared.lowest} angkanya kurang andal dan tidak diumumkan."
    return told


def built_of(declared: Indicator) -> str:
    """The variables behind an indicator as MS-Var names them, under their datasets."""
    # Parsing SQL costs half a second to load, which a run that writes no forms need not pay.
    from pipelines.publishing.metadata.variables import variables_of

    named: dict[str, list[str]] = {}
    for dataset, column in variables_of(declared):
        named.setdefault(datasets()[dataset].about().title, []).append(datasets()[dataset].columns()[column].label)
    if declared.is_derived and is_sized(declared.code):
        named["Daftar wilayah"] = ["Luas wilayah (km2)"]
    if declared.poverty_line:
        named["Dari BPS"] = ["Garis Kemiskinan kabupaten/kota"]
    return "; ".join(f"{title}: {', '.join(labels)}" for title, labels in named.items())
