"""Amounts, counts and codes: read as written, or held with the list of what may be written."""

from typing import Any

import pytest

from schemas import datasets
from schemas.codelists import code_list
from schemas.kinds import Code, Letter, YesNo

from .taking import Taken, disagrees, take
from .workbooks import FAMILY, PERSON, PUPIL, WORKER, table, xlsx

ROW_OF = {"penduduk": PERSON, "kesejahteraan": FAMILY, "pendidikan": PUPIL, "ketenagakerjaan": WORKER}
SPENDING = "Pengeluaran Bulanan"
RELATION, SEX = "Hubungan dalam Keluarga", "Jenis Kelamin"


def family(label: str, value: Any) -> Taken:
    """One family with this cell."""
    return take(xlsx(table([{**FAMILY, label: value}])))


AMOUNTS: dict[Any, float] = {
    "Rp 1.500.000": 1_500_000, "Rp1.500.000": 1_500_000, "Rp. 1.500.000,-": 1_500_000, "rp 1.500.000,00": 1_500_000,
    "1.500.000": 1_500_000, "1500000": 1_500_000, 1_500_000: 1_500_000, 1_500_000.5: 1_500_000.5,
    "1.500.000,50": 1_500_000.5, "1500000,5": 1_500_000.5, "1500000.50": 1_500_000.5, "1 500 000": 1_500_000,
    "1.500": 1_500, "750.000": 750_000, " 1500000 ": 1_500_000, "Rp\u00a01.500.000": 1_500_000, "0": 0,
    "１５０００００": 1_500_000,
}  # fmt: skip


@pytest.mark.parametrize(("written", "amount"), AMOUNTS.items(), ids=repr)
def test_amounts(written: Any, amount: float) -> None:
    """A dot groups thousands, a comma begins decimals."""
    assert family(SPENDING, written).values("pengeluaran_bulanan", "kesejahteraan") == [amount]


@pytest.mark.parametrize(
    "written",
    ["1,500,000", "1.500.00", "12 orang", "Rp 1,5 juta", "1jt", "1e6", "nan", "inf", "∞", "banyak", "1.500.000/bulan", True,
     "1-2", "2 juta", "1500000+", "٥٠٠٠٠٠"],
    ids=repr,
)  # fmt: skip
def test_no_amount_is_held(written: Any) -> None:
    taken = family(SPENDING, written)
    assert taken.total == (1, 0, 1)
    assert taken.found == [("ANGKA01", "D2")]


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


@pytest.mark.parametrize("written", [4, 4.0, "4", "4.0", " 4 ", "4,0"], ids=repr)
def test_counts(written: Any) -> None:
    assert family("Jumlah Anggota Keluarga", written).values("jumlah_anggota", "kesejahteraan") == [4]


@pytest.mark.parametrize("written", [4.5, "4,5", "4 orang", "empat", "4+1", True, "1e2"], ids=repr)
def test_no_count_is_held(written: Any) -> None:
    assert ("ANGKA01", "C2") in family("Jumlah Anggota Keluarga", written).found


@pytest.mark.parametrize("written", [0, "0", -1, "-1"], ids=repr)
def test_count_out_of_range_is_held(written: Any) -> None:
    assert ("RENTANG01", "C2") in family("Jumlah Anggota Keluarga", written).found


def coded_columns() -> list[tuple[str, str, str]]:
    """Dataset, label and code list of every column with a closed list."""
    return [
        (name, spec.label, spec.kind.codes)
        for name, dataset in datasets().items()
        for spec in dataset.columns().values()
        if isinstance(spec.kind, Code | Letter | YesNo)
    ]


@pytest.mark.parametrize(("dataset", "label", "codes"), coded_columns(), ids=lambda value: value)
def test_every_code_by_number_label_and_synonym(dataset: str, label: str, codes: str) -> None:
    """Also both together, in capitals, and with a zero before the number."""
    column = next(c for c, spec in datasets()[dataset].columns().items() if spec.label == label)
    letters = isinstance(datasets()[dataset].columns()[column].kind, Letter)
    rows, expected = [], []
    for entry in code_list(codes):
        number: list[Any] = [entry.code] if letters else [entry.code, int(entry.code), f"0{entry.code}"]
        words = (entry.label, entry.label.upper(), f"{entry.code}. {entry.label}", f"{entry.code} - {entry.label}")
        for written in (*number, *words, *entry.synonyms):
            rows.append({**ROW_OF[dataset], "NIK": "0", label: written} if "NIK" in ROW_OF[dataset] else
                        {**ROW_OF[dataset], "Nomor KK": f"630605150110{len(rows) + 1:04}", label: written})  # fmt: skip
            rows[-1]["Nama Lengkap" if "NIK" in rows[-1] else "Nama Kepala Keluarga"] = f"Orang {len(rows)}"
            expected.append(entry.code)
    taken = take(xlsx(table(rows)))
    if isinstance(datasets()[dataset].columns()[column].kind, YesNo):
        expected = [code == "1" for code in expected]
    elif not letters:
        expected = [int(code) for code in expected]
    assert taken.values(column, dataset) == expected


@pytest.mark.parametrize(("dataset", "label", "codes"), coded_columns(), ids=lambda value: value)
def test_code_outside_the_list_is_held(dataset: str, label: str, codes: str) -> None:
    """Starred or not; the sentence shows what may be chosen."""
    for written in ("bukan kode", 99, "?", "1;2"):
        taken = take(xlsx(table([{**ROW_OF[dataset], label: written}])))
        assert taken.total == (1, 0, 1), written
        assert [p.rule for p in taken.problems if p.severity == "error"] == ["KODE01"], written
        assert code_list(codes)[0].label in taken.problems[0].message


@pytest.mark.parametrize(
    "written", ["1. Laki-laki", "1 Laki-laki", "(1) Laki-laki", "1=Laki-laki", "L", "LK", "laki laki", 1]
)
def test_sex(written: Any) -> None:
    assert take(xlsx(table([{**PERSON, SEX: written}]))).values("jenis_kelamin") == [1]


MISREAD = disagrees(
    reason="contract: a filled cell that is not in its code list is an error; parsing.read_code drops sign, point and "
    "comma from a number, so it passes for another code in silence (-1 for 1, 1.0 for 10, 1.1 for 11, 0.2 for 2)"
)


@pytest.mark.parametrize(
    ("label", "written"),
    [
        *(
            pytest.param(label, written, marks=MISREAD)
            for label, written in ((SEX, -1), (SEX, "-1"), (SEX, 0.2), (SEX, "0,1"), (RELATION, 1.1), (RELATION, "1,1"))
        ),
        pytest.param(RELATION, "1-0", marks=MISREAD),
        (SEX, 1.5),
        (SEX, "1/2"),
        (RELATION, "4.0.0"),
    ],
)
def test_number_that_is_no_code_is_held(label: str, written: Any) -> None:
    taken = take(xlsx(table([{**PERSON, label: written}])))
    assert "KODE01" in {rule for rule, _ in taken.found}


@pytest.mark.parametrize("written", [1.0, pytest.param("1.0", marks=MISREAD)], ids=repr)
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
