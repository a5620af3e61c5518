"""Amounts, counts and codes: read as written, or held with the list of what may be written."""

from collections.abc import Iterable
from typing import Any

import pytest

from schemas import datasets
from schemas.codelists import code_list
from schemas.kinds import Code, Letter, YesNo

from .taking import Taken, take
from .workbooks import FAMILY, PERSON, PUPIL, WORKER, Table, table, xlsx

ROW_OF = {"penduduk": PERSON, "kesejahteraan": FAMILY, "pendidikan": PUPIL, "ketenagakerjaan": WORKER}
SPENDING = "Pengeluaran Bulanan"
RELATION, SEX = "Hubungan dalam Keluarga", "Jenis Kelamin"


def family(label: str, value: Any) -> Taken:
    """One family with this cell."""
    return take(xlsx(table([{**FAMILY, label: value}])))


def families(label: str, values: Iterable[Any]) -> Table:
    """A family for each value of one column."""
    return table(
        {**FAMILY, "Nomor KK": f"630605150110{number:04}", label: value} for number, value in enumerate(values, 1)
    )


AMOUNTS: dict[Any, float] = {
    "Rp 1.500.000": 1_500_000, "Rp1.500.000": 1_500_000, "Rp. 1.500.000,-": 1_500_000, "rp 1.500.000,00": 1_500_000,
    "1.500.000": 1_500_000, "1500000": 1_500_000, 1_500_000: 1_500_000, 1_500_000.5: 1_500_000.5,
    "1.500.000,50": 1_500_000.5, "1500000,5": 1_500_000.5, "1500000.50": 1_500_000.5, "1 500 000": 1_500_000,
    "1.500": 1_500, "750.000": 750_000, " 1500000 ": 1_500_000, "Rp\u00a01.500.000": 1_500_000, "0": 0,
    "１５０００００": 1_500_000,
}  # fmt: skip


def test_amounts() -> None:
    """A dot groups thousands, a comma begins decimals."""
    taken = take(xlsx(families(SPENDING, AMOUNTS)))
    assert taken.values("pengeluaran_bulanan", "kesejahteraan") == list(AMOUNTS.values())


def test_what_is_no_amount_is_held() -> None:
    written = [
        "1,500,000", "1.500.00", "12 orang", "Rp 1,5 juta", "1jt", "1e6", "nan", "inf", "∞", "banyak", True, "1-2",
        "1.500.000/bulan", "2 juta", "1500000+", "٥٠٠٠٠٠",
    ]  # fmt: skip
    taken = take(xlsx(families(SPENDING, written)))
    assert taken.total == (16, 0, 16)
    assert taken.found == [("ANGKA01", f"D{row}") for row in range(2, 18)]


@pytest.mark.parametrize(
    ("label", "written", "rule"),
    [("Desil", 0, "RENTANG01"), ("Desil", 11, "RENTANG01"), ("Desil", "1,5", "ANGKA01"), ("Desil", "IV", "ANGKA01"),
     ("Luas Lantai", -4, "RENTANG01"), ("PBI-JK", -1, "RENTANG01"), ("PBI-JK", 1.5, "ANGKA01"),
     ("Luas Lantai", "36 m2", "ANGKA01")],
)  # fmt: skip
def test_filled_cell_out_of_range_is_held_also_where_not_starred(label: str, written: Any, rule: str) -> None:
    taken = family(label, written)
    assert taken.total == (1, 0, 1)
    assert (rule, "G2") in taken.found


MEMBERS = "Jumlah Anggota Keluarga"


def test_counts() -> None:
    taken = take(xlsx(families(MEMBERS, [4, 4.0, "4", "4.0", " 4 ", "4,0"])))
    assert taken.values("jumlah_anggota", "kesejahteraan") == [4] * 6


@pytest.mark.parametrize(
    ("rule", "written"),
    [("ANGKA01", [4.5, "4,5", "4 orang", "empat", "4+1", True, "1e2"]), ("RENTANG01", [0, "0", -1, "-1"])],
)
def test_what_is_no_count_is_held(rule: str, written: list[Any]) -> None:
    taken = take(xlsx(families(MEMBERS, written)))
    assert taken.total == (len(written), 0, len(written))
    assert [at for at in taken.found if at[0] == rule] == [(rule, f"C{row}") for row in range(2, 2 + len(written))]


def coded_columns() -> dict[tuple[str, str], Code | Letter | YesNo]:
    """The kind of every column with a closed list, by dataset and column."""
    return {
        (name, column): spec.kind
        for name, dataset in datasets().items()
        for column, spec in dataset.columns().items()
        if isinstance(spec.kind, Code | Letter | YesNo)
    }


def rows_with(dataset: str, column: str, written: list[Any]) -> Table:
    """A table with one row, and one person or family, for each writing of the code."""
    label = datasets()[dataset].columns()[column].label
    rows = [{**ROW_OF[dataset], label: value} for value in written]
    for number, row in enumerate(rows, 1):
        if dataset == "kesejahteraan":
            row["Nomor KK"] = f"630605150110{number:04}"
        else:
            row |= {"NIK": "0", "Nama Lengkap": f"Orang {number}"}
    return table(rows)


def writings(codes: str, *, letters: bool) -> dict[str, list[Any]]:
    """The ways to write each code: number, label, both together, in capitals, synonyms."""
    found = {}
    for entry in code_list(codes):
        label, code = entry.label, entry.code
        numbers: list[Any] = [code] if letters else [code, int(code), f"0{code}"]
        found[code] = [*numbers, label, label.upper(), f"{code}. {label}", f"{code} - {label}", *entry.synonyms]
    return found


@pytest.mark.parametrize(
    ("dataset", "column"),
    [pytest.param(*entry, id="-".join(entry)) for entry in coded_columns()],
)
def test_every_code_by_number_label_and_synonym(dataset: str, column: str) -> None:
    kind = coded_columns()[dataset, column]
    pairs = [
        (text, code) for code, texts in writings(kind.codes, letters=isinstance(kind, Letter)).items() for text in texts
    ]
    read = take(xlsx(rows_with(dataset, column, [text for text, _ in pairs]))).values(column, dataset)
    meant = {Code: int, Letter: str, YesNo: lambda code: code == "1"}[type(kind)]
    assert len(read) == len(pairs)
    assert [(text, got) for (text, code), got in zip(pairs, read, strict=True) if got != meant(code)] == []


@pytest.mark.parametrize(("dataset", "column"), coded_columns(), ids=str)
def test_code_outside_the_list_is_held(dataset: str, column: str) -> None:
    """Starred or not; the sentence shows what may be chosen."""
    wrong = ["bukan kode", 99, "?", "1/99"]
    taken = take(xlsx(rows_with(dataset, column, wrong)))
    errors = [problem for problem in taken.problems if problem.severity == "error"]
    assert taken.total == (4, 0, 4)
    assert [problem.rule for problem in errors] == ["KODE01"] * 4
    assert code_list(coded_columns()[dataset, column].codes)[0].label in errors[0].message


@pytest.mark.parametrize(
    "written", ["1. Laki-laki", "1 Laki-laki", "(1) Laki-laki", "1=Laki-laki", "L", "LK", "laki laki", 1]
)
def test_sex(written: Any) -> None:
    assert take(xlsx(table([{**PERSON, SEX: written}]))).values("jenis_kelamin") == [1]


@pytest.mark.parametrize(
    ("label", "written"),
    [
        *(
            pytest.param(label, written)
            for label, written in ((SEX, -1), (SEX, "-1"), (SEX, 0.2), (SEX, "0,1"), (RELATION, 1.1), (RELATION, "1,1"))
        ),
        pytest.param(RELATION, "1-0"),
        pytest.param(RELATION, "1;1"),
        (SEX, 1.5),
        (SEX, "1/2"),
        (RELATION, "4.0.0"),
    ],
)
def test_number_that_is_no_code_is_held(label: str, written: Any) -> None:
    taken = take(xlsx(table([{**PERSON, label: written}])))
    assert "KODE01" in {rule for rule, _ in taken.found}


@pytest.mark.parametrize("written", [1.0, "1.0"], ids=repr)
def test_code_with_a_decimal_zero_is_no_other_code(written: Any) -> None:
    """Programs that write 1 as 1.0 mean the head of the family, not code 10, the servant."""
    assert take(xlsx(table([{**PERSON, RELATION: written}]))).values("hubungan_keluarga") in ([1], [])


@pytest.mark.parametrize(
    ("written", "value"), [(True, True), (False, False), ("Ya", True), ("tidak", False), ("", None)]
)
def test_yes_and_no(written: Any, value: bool | None) -> None:
    assert take(xlsx(table([{**PERSON, "KTP-el": written}]))).values("ktp_el") == [value]


def test_defaults_of_empty_cells() -> None:
    """Whoever says nothing lives, and lives here; everything else is unknown."""
    rows = [{**PERSON, "Tinggal di RT Ini": None, "Status Dasar": None, "Agama": None, "Sedang Hamil": None}]
    taken = take(xlsx(table(rows)))
    assert (taken.values("tinggal"), taken.values("status_dasar")) == ([True], [1])
    assert (taken.values("agama"), taken.values("hamil")) == ([None], [None])


def test_occupations() -> None:
    """A number or synonym of the official list becomes its label; any other words stay as they are."""
    rows = [{**PERSON, "NIK": "0", "Nama Lengkap": f"Orang {n}", "Pekerjaan": work, RELATION: "Famili Lain"}
            for n, work in enumerate(("Petani/Pekebun", "PETANI/PEKEBUN", "Pawang hujan", None))]  # fmt: skip
    assert take(xlsx(table(rows))).values("pekerjaan") == ["Petani/Pekebun", "Petani/Pekebun", "Pawang hujan", None]
    assert take(xlsx(table([{**PERSON, "Pekerjaan": "777"}]))).found == [("KODE01", "I2")]
