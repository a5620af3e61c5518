"""MS-Keg, MS-Var and MS-Ind say what is declared, lack nothing, and say the same as workbook and as JSON."""

import datetime as dt
import json
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.activity import questions, read_activity
from pipelines.areas import Register
from pipelines.errors import OfficerError
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.periods import parse_period
from pipelines.publishing.metadata import write
from pipelines.publishing.metadata.form import UNFILLED, Form, as_json
from pipelines.publishing.metadata.levels import Levels
from pipelines.publishing.metadata.ms_ind import indicator
from pipelines.publishing.metadata.ms_var import ASKS, ms_var, variable
from pipelines.publishing.metadata.variables import variables_of
from pipelines.publishing.metadata.write import forms_of, write_metadata
from pipelines.publishing.release import NOT_PUBLISHED
from pipelines.publishing.tiers import COLUMNS
from pipelines.publishing.workbook_publication import Entry
from pipelines.settings import Office, Places
from schemas import datasets
from schemas.codelists import code_list
from schemas.dataset import SCHEMAS, Column, column
from schemas.kinds import Amount, Kind
from schemas.meaning import Meaning

PERIOD, RELEASE = "2025-Q3", "2025-Q3-0a1b2c3d"
KELURAHAN = "63.06.05.1002"
AREAS = {
    "63.06": ("kabupaten", "Hulu Sungai Selatan"),
    "63.06.05": ("kecamatan", "Kandangan"),
    KELURAHAN: ("kelurahan", "Kandangan Utara"),
    f"{KELURAHAN}-001-001": ("rt", "RT 001 RW 001"),
}
LINE = Decimal(598_545)
MEASURES = ("Jumlah", "Rata-rata", "Persentase", "Rasio", "Indeks", "Median", "Angka", "Tingkat")
MEANT = ("konsep", "definisi", "referensi_pemilihan", "kalimat_pertanyaan", "referensi_waktu")


def office_at(home: Path, said: dict[str, object] | None = None) -> Office:
    """An office with a published period: every indicator at every level, withheld below the kelurahan."""
    places = Places(home)
    office = Office(places, KELURAHAN, "Kandangan Utara", Register({}), {parse_period(PERIOD): LINE})
    places.store.mkdir(parents=True, exist_ok=True)
    rows = [
        (PERIOD, level, area, name, entry.code, b, 1.0, 2.0, 50.0, entry.unit, 9, 3, 4, "c" if level == "rt" else "ok")
        for area, (level, name) in AREAS.items()
        for entry in catalogue().values()
        for b in entry.breakdowns
    ]
    names = [f.name for f in fields(Indicator) if f.name not in NOT_PUBLISHED]
    texts = pd.DataFrame([[getattr(i, n) for n in names] for i in catalogue().values()], columns=names)
    with duckdb.connect(str(places.published)) as store:
        cells = pd.DataFrame(rows, columns=[c for c in COLUMNS if c != "release"]).assign(release=RELEASE)
        store.register("told", cells)
        store.register("texts", texts)
        store.execute(f"CREATE TABLE cells_public AS SELECT {', '.join(COLUMNS)} FROM told")
        store.execute("CREATE TABLE indicators AS FROM texts")
        store.execute("CREATE TABLE releases AS SELECT ? AS period, ? AS release", [PERIOD, RELEASE])
        store.execute("CREATE TABLE office AS SELECT ? AS kelurahan, 'Kandangan Utara' AS name", [KELURAHAN])
    return replace(office, activity=said or {})


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that has answered nothing, its forms written."""
    office = office_at(tmp_path_factory.mktemp("office"))
    write_metadata(office, PERIOD, RELEASE)
    return office


@pytest.fixture(scope="module")
def forms(office: Office) -> dict[str, Form]:
    """Its forms by code."""
    return {form.code: form for form in forms_of(office, PERIOD)}


def folder(office: Office) -> Path:
    """Where its forms are."""
    return office.places.reports / PERIOD / "metadata"


def rows_of(sheet: Worksheet) -> list[list[str]]:
    """The rows of the sheet's table below its headings, bands left out."""
    (table,) = sheet.tables.values()
    _, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [row for row in rows if any(value is not None for value in row[1:])]


def is_concept(name: str) -> bool:
    """A concept by the rules for standard data: a capital in front, no measure there, nothing abbreviated."""
    words = name.split()
    return name[0].isupper() and words[0] not in MEASURES and "." not in name and not any(w.isupper() for w in words)


def spec(kind: Kind, means: Meaning | None) -> Column:
    """A column as a new dataset declares it."""
    declared: Column = column("Berat Badan", kind, "Berat badan (kg).", means=means).metadata["column"]
    return declared


WEIGHT = Meaning("Berat Badan", "Berat badan anak saat ditimbang.", "KMS", "Berapa berat badannya?", unit="kg")


@pytest.mark.parametrize("name", datasets())
def test_every_column_says_what_ms_var_asks(name: str) -> None:
    for alias, declared in datasets()[name].columns().items():
        answers = variable(datasets()[name], alias, declared)
        assert set(answers) == {ask.nama for ask in ASKS} - {"nomor"}
        assert [ask for ask, answer in answers.items() if not answer or answer == UNFILLED] == [], alias
        assert declared.means is not None
        assert is_concept(declared.means.concept), alias
        assert declared.means.definition.endswith(".")
        assert declared.means.question.endswith(("?", ")"))


@pytest.mark.parametrize("lacking", ["concept", "definition", "reference", "question", "time", "unit"])
def test_a_column_that_lacks_a_text_is_missing_in_the_form(lacking: str) -> None:
    dataset = datasets()["penduduk"]
    assert UNFILLED not in variable(dataset, "berat_badan", spec(Amount(), WEIGHT)).values()
    answers = variable(dataset, "berat_badan", spec(Amount(), replace(WEIGHT, **{lacking: ""})))
    assert UNFILLED in answers.values()


def test_a_column_without_a_meaning_is_shown_with_nothing_made_up() -> None:
    answers = variable(datasets()["penduduk"], "berat_badan", spec(Amount(), None))
    assert {answers[name] for name in (*MEANT, "ukuran", "satuan")} == {UNFILLED}
    assert answers["nama_variabel"] == "Berat Badan"


def test_what_ms_var_says_of_two_columns() -> None:
    records = {r.answers["alias"]: r.answers for r in ms_var({}).records if r.group == "Kesejahteraan Keluarga"}
    assert records["desil"]["aturan_validasi"].startswith(
        "Boleh kosong; bilangan bulat (ANGKA01, ditahan); 1 sampai 10 (RENTANG01, ditahan)"
    )
    assert "(HH02, peringatan)" in records["pbi_jk"]["aturan_validasi"]
    assert records["pengeluaran_bulanan"]["satuan"] == "rupiah"
    assert records["pkh"]["klasifikasi_isian"] == "1 Ya; 0 Tidak"
    assert records["pengeluaran_bulanan"]["akses_umum"].startswith("2 Tidak: data pribadi spesifik")


def test_every_code_list_is_there_with_all_its_codes(office: Office, forms: dict[str, Form]) -> None:
    lists = {path.stem for path in (SCHEMAS / "codes").glob("*.csv")}
    assert set(forms["MS-Var"].lists) == lists
    wanted = [[name, e.code, e.label] for name in forms["MS-Var"].lists for e in code_list(name)]
    book = openpyxl.load_workbook(folder(office) / "ms-var.xlsx")
    assert rows_of(book["Klasifikasi"]) == wanted


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_every_indicator_says_what_ms_ind_asks(entry: Indicator, forms: dict[str, Form]) -> None:
    (record,) = [r.answers for r in forms["MS-Ind"].records if r.answers["kode_tabel"] == entry.code]
    assert list(record) == [ask.nama for ask in forms["MS-Ind"].asks]
    assert [name for name, answer in record.items() if not answer or answer == UNFILLED] == []
    assert is_concept(entry.concept)
    assert record["rumus"].count("{") == record["rumus"].count("}")
    assert record["akses_umum"] == "1 Ya: kelurahan, kecamatan, kabupaten"
    assert record["level_estimasi"] == "RT, kelurahan, kecamatan, kabupaten"


@pytest.mark.parametrize("text", ["name", "concept", "definition", "interpretation", "measure", "unit"])
def test_an_indicator_that_lacks_a_text_is_missing_in_the_form(text: str) -> None:
    entry = Entry(**{name: getattr(catalogue()["p0"], name) for name in Entry.__dataclass_fields__})
    levels = Levels(("kelurahan",), ("kelurahan",))
    assert UNFILLED not in indicator(entry, levels, LINE).values()
    assert UNFILLED in indicator(replace(entry, **{text: ""}), levels, LINE).values()


def test_variables_behind_an_indicator_are_traced_through_the_views() -> None:
    """By hand, from orang.sql and keluarga.sql; a resident is alive and lives in the RT."""
    resident = [("penduduk", "tinggal"), ("penduduk", "status_dasar")]
    rls = [("pendidikan", name) for name in ("partisipasi", "jenjang", "kelas", "ijazah")]
    assert variables_of(catalogue()["rls"]) == [("penduduk", "tanggal_lahir"), *resident, *rls]
    p0 = [("kesejahteraan", "jumlah_anggota"), ("kesejahteraan", "pengeluaran_bulanan")]
    assert variables_of(catalogue()["p0"]) == [*resident, *p0]
    assert variables_of(catalogue()["jumlah_kelahiran"]) == [("rekap_penduduk", "kelahiran")]
    for entry in catalogue().values():
        assert set(entry.columns) <= set(variables_of(entry)) | {("penduduk", "nik")}, entry.code


@pytest.mark.parametrize(("code", "sheet"), [("MS-Keg", "MS-Keg"), ("MS-Var", "MS-Var"), ("MS-Ind", "Tabel")])
def test_workbook_and_json_say_the_same(office: Office, forms: dict[str, Form], code: str, sheet: str) -> None:
    told = json.loads((folder(office) / f"{code.lower()}.json").read_text(encoding="utf-8"))
    names = [ask["nama"] for ask in told["isian"]]
    book = openpyxl.load_workbook(folder(office) / f"{code.lower()}.xlsx")
    assert [dict(zip(names, row, strict=True)) for row in rows_of(book[sheet])] == [
        {name: record[name] for name in names} for record in told["rekaman"]
    ]
    assert told == json.loads(as_json(forms[code]))
    assert told["kegiatan"]["rilis"] == RELEASE


def test_ms_ind_is_filed_as_one_form_an_indicator(office: Office, forms: dict[str, Form]) -> None:
    book = openpyxl.load_workbook(folder(office) / "ms-ind.xlsx")
    form = forms["MS-Ind"]
    wanted = [[ask.kode, ask.label, r.answers[ask.nama]] for r in form.records for ask in form.asks[1:]]
    assert rows_of(book["MS-Ind"]) == wanted


def test_what_only_the_office_knows_is_never_made_up(office: Office, forms: dict[str, Form]) -> None:
    open_ones = {q.nama for q in questions() if q.oleh in ("kantor", "bps")}
    answers = {r.answers["nama"]: r.answers for r in forms["MS-Keg"].records}
    assert {name for name, told in answers.items() if told["jawaban"] == UNFILLED} == open_ones
    assert len(forms["MS-Keg"].missing) == len(open_ones)
    book = openpyxl.load_workbook(folder(office) / "ms-keg.xlsx")
    listed = rows_of(book["Belum diisi"])
    assert [row[2] for row in listed if row[1] == "Latar belakang kegiatan"] == ['[kegiatan] latar_belakang = "..."']
    assert len(listed) == len(open_ones) + sum(told["asal"] == "Cantik (usulan)" for told in answers.values())


def test_what_the_program_knows(forms: dict[str, Form]) -> None:
    answers = {r.answers["nama"]: r.answers["jawaban"] for r in forms["MS-Keg"].records}
    assert answers["cara_pengumpulan"] == "1 Pencacahan lengkap"
    assert answers["frekuensi"] == "4 Triwulanan"
    assert answers["unit"] == "9 = 1 Individu; 8 Lainnya: keluarga menurut KK, RT"
    assert answers["kelengkapan"] == "Kelurahan Kandangan Utara: 3 / 4"
    assert answers["wilayah"] == "Kelurahan Kandangan Utara, Kecamatan Kandangan"
    assert f"RT 0, kelurahan {len(catalogue())}" in answers["perlindungan"]
    columns = sum(len(dataset.columns()) for dataset in datasets().values())
    assert answers["variabel"] == f"{columns} variabel, lihat lembar R.3.4"


def test_the_officers_answers_stand_in_all_forms(tmp_path: Path) -> None:
    said = read_activity(
        {
            "judul": "Pendataan Kandangan Utara",
            "instansi": "=HYPERLINK(1)",
            "kode_kegiatan": "",
            "cara_pengumpulan": 3,
            "metode": 17,
            "metode_lainnya": "musyawarah RT",
            "pengumpulan": [dt.date(2025, 7, 1), dt.date(2025, 9, 30)],
            "rilis_digital": dt.date(2025, 10, 15),
            "jumlah_enumerator": 24,
        }
    )
    office = office_at(tmp_path, said)
    write_metadata(office, PERIOD, RELEASE)
    activity, variables, indicators = forms_of(office, PERIOD)
    answers = {r.answers["nama"]: (r.answers["jawaban"], r.answers["asal"]) for r in activity.records}
    assert answers["judul"] == ("Pendataan Kandangan Utara", "Kantor")
    assert answers["kode_kegiatan"] == (UNFILLED, UNFILLED)
    assert answers["cara_pengumpulan"] == ("3 Kompilasi produk administrasi", "Kantor")
    assert answers["metode"] == ("17 = 1 Wawancara; 16 Lainnya: musyawarah RT", "Kantor")
    assert answers["pengumpulan"] == ("1 Juli 2025 s.d. 30 September 2025", "Kantor")
    assert answers["rilis_digital"] == ("15 Oktober 2025", "Kantor")
    assert answers["jumlah_enumerator"] == ("24", "Kantor")
    assert variables.about == indicators.about == activity.about
    assert indicators.records[0].answers["kegiatan_penghasil"] == "Pendataan Kandangan Utara (belum diisi)"
    sheet = openpyxl.load_workbook(folder(office) / "ms-keg.xlsx")["MS-Keg"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"}
    assert kinds == {"s"}


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"instansii": "x"}, "tidak mengenal instansii"),
        ({"rilis": "x"}, "tidak mengenal rilis"),
        ({"instansi": 5}, 'instansi = "..."'),
        ({"cara_pengumpulan": 2}, "1 Pencacahan lengkap, 3 Kompilasi produk administrasi"),
        ({"sektor": "2"}, "salah satu kode tanpa tanda kutip"),
        ({"metode": 64}, "jumlah kode yang berlaku"),
        ({"pelatihan": True}, "1 Ya, 2 Tidak"),
        ({"jumlah_supervisor": -1}, "jumlah_supervisor = 5"),
        ({"rilis_tercetak": "15 Oktober"}, "rilis_tercetak = 2025-10-15"),
        ({"evaluasi": [dt.date(2025, 7, 1)]}, "evaluasi = [2025-07-01, 2025-09-30]"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_one_sentence(table: dict[str, object], sentence: str) -> None:
    with pytest.raises(OfficerError) as refused:
        read_activity(table)
    assert sentence in str(refused.value)


def contents(office: Office) -> dict[str, bytes]:
    """Every file of the forms."""
    return {path.name: path.read_bytes() for path in sorted(folder(office).iterdir())}


def test_equal_releases_give_equal_bytes_and_only_a_change_is_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = office_at(tmp_path)
    write_metadata(again, PERIOD, RELEASE)
    assert contents(again) == contents(office)
    assert set(contents(again)) == {
        "rilis.txt",
        *(f"ms-{f}.{k}" for f in ("keg", "var", "ind") for k in ("xlsx", "json")),
    }

    def boom(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "as_json", boom)
    write_metadata(again, PERIOD, RELEASE)
    answered = replace(again, activity={"instansi": "Kelurahan Kandangan Utara"})
    with pytest.raises(OSError, match="No space"):
        write_metadata(answered, PERIOD, RELEASE)
    old = contents(office)
    assert {name: bytes_ for name, bytes_ in contents(again).items() if name in old} == old
    monkeypatch.undo()
    write_metadata(answered, PERIOD, RELEASE)
    assert set(contents(again)) == set(old)
    assert b"Kelurahan Kandangan Utara" in contents(again)["ms-keg.json"]
    assert contents(again)["ms-keg.xlsx"] != old["ms-keg.xlsx"]
