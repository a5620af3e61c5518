"""The layouts of other systems: each vintage gives the right columns, and a code means what its own system says."""

import datetime as dt

import pytest

from pipelines.intake.layoutfile import built_in

from .foreign import VINTAGES, headings, opensid
from .taking import take
from .workbooks import xlsx


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_vintage_of_opensid(vintage: str) -> None:
    """Four people in two RTs that share no number of RW; what the vintage does not ask is unknown."""
    names = headings(vintage)
    assert len(names) == VINTAGES[vintage][0]
    taken = take(xlsx(opensid(vintage)))
    assert taken.layouts == {"Sheet1": vintage}
    assert (taken.reason, taken.total, taken.unknown) == (None, (4, 4, 0), [])
    assert taken.areas == ["MANGSIT.000-004"] * 2 + ["SENGGIGI.000-001"] * 2
    assert taken.values("jenis_kelamin") == [1, 2, 1, 2]
    assert taken.values("tanggal_lahir")[0] == dt.date(1970, 5, 20)
    assert taken.values("agama") == [1, 1, 4, 4]
    assert taken.values("status_perkawinan") == [2, 1, 4, 3]
    assert taken.values("hubungan_keluarga") == [1, 4, 1, 9]
    assert taken.values("kewarganegaraan") == [1, 1, 1, 2]
    assert taken.values("pekerjaan") == ["Tukang Batu", "Mengurus Rumah Tangga", "Wiraswasta", "Petani/Pekebun"]
    assert taken.values("akta_lahir") == [None] * 4
    has = {name.lower().replace(" ", "_").replace("-", "_") for name in names}
    assert taken.values("disabilitas") == ([0, 1, None, 2] if has & {"cacat", "cacat_id"} else [None] * 4)
    assert taken.values("hamil") == ([None, False, None, True] if "hamil" in has else [None] * 4)
    assert taken.values("ktp_el") == ([True, False, True, False] if "ktp_el" in has else [None] * 4)
    assert taken.values("status_dasar") == ([1, 1, 2, 1] if "status_dasar" in has else [1] * 4)


@pytest.mark.parametrize(
    ("said", "column", "meant"),
    [
        ({"ktp": "KIA"}, "ktp_el", False),
        ({"ktp": "WNI"}, "ktp_el", None),
        ({"cacat": "TIDAK CACAT"}, "disabilitas", 0),
        ({"cacat": "CACAT MENTAL/JIWA"}, "disabilitas", 4),
        ({"agama": "KATHOLIK"}, "agama", 3),
        ({"kawin": "CH"}, "status_perkawinan", 3),
        ({"shdk": "ORANGTUA"}, "hubungan_keluarga", 7),
        ({"kerja": "APARATUR SIPIL NEGARA (ASN)"}, "pekerjaan", "Pegawai Negeri Sipil (PNS)"),
    ],
)
def test_labels_of_opensid(said: dict[str, str], column: str, meant: object) -> None:
    assert take(xlsx(opensid("OpenSID (v2410)", **said))).values(column)[0] == meant


def test_an_undeclared_number_holds_the_row_and_offers_labels() -> None:
    """Our own number for it would be misread in such a sheet, so the sentence names none."""
    taken = take(xlsx(opensid("OpenSID (v2410)", cacat="0")))
    [fault] = [p for p in taken.problems if p.severity == "error"]
    assert (fault.rule, fault.cell, fault.value) == ("KODE01", "AE2", "0")
    assert "Tidak, Fisik, Netra" in fault.message
    assert taken.total == (4, 3, 1)


def test_an_end_mark_and_its_notes_are_no_people() -> None:
    """`###` stands in the second column of the template and in the first of the samples; notes follow it."""
    table = opensid("OpenSID (v2410)")
    blank: list[object] = [None] * len(table[0])
    for end in (["###", *blank[1:]], [None, "###", "Isi data penduduk di atas bagian hijau ini.", *blank[3:]]):
        note = [None, None, "Setiap baris di atas berisi formula; jangan ubah isinya sama sekali.", *blank[3:]]
        assert take(xlsx([*table, blank, end, note])).total == (4, 4, 0)


def test_every_layout_names_only_what_we_have() -> None:
    """Reading them checks each column, dataset and code; here that none is shadowed by another."""
    for layout in built_in().known:
        for vintage, marks in layout.marks:
            found = built_in().recognise(marks)
            assert found is not None
            assert (found.layout.name, found.vintage) == (layout.name, vintage)
