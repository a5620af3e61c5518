"""A re-sent workbook against the one before it: rows that came, went and were mended, counted by hand."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from pipelines.periods import parse_period
from pipelines.sample import make_sample
from pipelines.settings import Places, load_office
from pipelines.summary import lines
from pipelines.warehouse.resent import Resent
from pipelines.warehouse.standing import Standing, standing
from tests.warehouse.office import NOW, ask, fold_in
from tests.warehouse.rows import Row, changed, person, write_people

RT = "63.06.05.1002-002-001"
INBOX = "data/raw/2025-Q3"


def send(home: Path, day: int, *rows: Row, name: str = "a.xlsx") -> Standing:
    """Lay a workbook into the inbox, run the pipeline so many days later, and say how things stand."""
    write_people(home / INBOX / name, *rows)
    fold_in(home, NOW + dt.timedelta(days=day))
    office = load_office(Places(home))
    return standing(office.places.warehouse, parse_period("2025-Q3"), office.register)


def only(state: Standing) -> Resent:
    """What the one re-sent dataset changed."""
    [entry] = state.learned.resent
    return entry


AHMAD, NOOR, SITI, BUDI = (person(n, name, kk=n) for n, name in enumerate(("Ahmad", "Noor", "Siti", "Budi"), 1))
NIK, NAME, BORN = 0, 2, 4


def test_nothing_is_re_sent_where_one_workbook_came(home: Path) -> None:
    state = send(home, 0, AHMAD, NOOR)
    assert state.learned.resent == []
    assert state.learned.corrected == {}


def test_rows_that_came_went_and_were_mended(home: Path) -> None:
    """Ahmad gone, Umar new, every row in another place.

    Three corrected: Noor's birth date and Siti's NIK had held them, Budi was accepted and is "Budi S" now. Of the two
    rows accepted before, Ahmad's and Budi's, one is kept.
    """
    umar = person(5, "Umar", kk=5)
    send(home, 0, AHMAD, changed(NOOR, BORN, "31/02/1990"), changed(SITI, NIK, "123"), BUDI)
    state = send(home, 1, changed(BUDI, NAME, "Budi S"), umar, SITI, NOOR)
    assert only(state) == Resent(
        RT, "penduduk", 2, 1, 2, 1, 1, 1, 3, {"NIK": 1, "Nama Lengkap": 1, "Tanggal Lahir": 1}
    )  # fmt: skip
    assert state.learned.corrected == {RT: 2}
    assert (state.accepted, state.held) == (4, 0)


def test_corrected_counts_once_over_several_sendings_and_only_what_is_accepted_now(home: Path) -> None:
    """Noor is held twice, then mended: one corrected row. Siti is mended, then spoilt again: none."""
    send(home, 0, AHMAD, changed(NOOR, BORN, "-"), changed(SITI, NIK, "123"))
    send(home, 1, AHMAD, changed(NOOR, BORN, "?"), SITI)
    state = send(home, 2, AHMAD, NOOR, changed(SITI, BORN, "kemarin"))
    assert state.learned.corrected == {RT: 1}
    assert only(state).times == 2
    assert (only(state).added, only(state).removed, only(state).corrected) == (0, 0, 1)


def test_a_deleted_copy_is_gone_and_corrects_nothing(home: Path) -> None:
    send(home, 0, AHMAD, NOOR, NOOR)
    state = send(home, 1, AHMAD, NOOR)
    assert (only(state).added, only(state).removed, only(state).corrected) == (0, 1, 0)
    assert state.learned.corrected == {}


def test_two_people_who_shared_a_nik_are_told_apart_by_name(home: Path) -> None:
    """Siti had Noor's NIK, so both were held; hers is mended: two corrected rows, nobody new, nobody gone."""
    send(home, 0, AHMAD, NOOR, changed(SITI, NIK, NOOR[NIK]))
    state = send(home, 1, AHMAD, SITI, NOOR)
    assert (only(state).added, only(state).removed, only(state).corrected) == (0, 0, 2)
    assert state.learned.corrected == {RT: 2}


def test_a_nik_issued_since_is_the_same_person(home: Path) -> None:
    send(home, 0, AHMAD, changed(NOOR, NIK, "0"))
    state = send(home, 1, NOOR, AHMAD)
    assert only(state).columns == {"NIK": 1}
    assert (only(state).added, only(state).removed, only(state).corrected) == (0, 0, 1)
    assert state.learned.corrected == {}


def test_a_row_without_number_and_name_is_found_at_its_place(home: Path) -> None:
    bare = changed(changed(NOOR, NIK, "123"), NAME, "")
    send(home, 0, AHMAD, bare, SITI)
    state = send(home, 1, AHMAD, NOOR, SITI)
    assert only(state).columns == {"NIK": 1, "Nama Lengkap": 1}
    assert (only(state).added, only(state).removed, only(state).corrected) == (0, 0, 1)


def test_a_newcomer_at_the_place_of_a_held_row_is_not_that_row(home: Path) -> None:
    send(home, 0, AHMAD, changed(NOOR, BORN, "?"))
    state = send(home, 1, AHMAD, SITI)
    assert (only(state).added, only(state).removed, only(state).corrected) == (1, 1, 0)


def test_rows_of_an_unknown_rt_are_found_again_and_never_lost(home: Path) -> None:
    """Noor's RT was no RT of the register: mended she is corrected, not new. Siti, now of no known RT, is not lost."""
    (home / "data" / "areas.csv").write_text(
        f"code,level,name,parent\n{RT},rt,RT 001 RW 002,63.06.05.1002-002\n", encoding="utf-8"
    )
    send(home, 0, AHMAD, changed(NOOR, 7, "099"), SITI)
    state = send(home, 1, AHMAD, NOOR, changed(SITI, 7, "099"))
    assert (only(state).added, only(state).removed, only(state).corrected) == (0, 0, 1)
    assert only(state).columns == {"RT": 1}
    assert state.learned.corrected == {RT: 1}
    assert state.held == 1


def test_a_file_that_named_no_rt_at_all_is_mended_under_its_own_name(home: Path) -> None:
    """Nothing of it was the RT's before, so nothing was re-sent; but its two rows were held and are counted now."""
    send(home, 0, *(changed(row, 7, "") for row in (AHMAD, NOOR)))
    state = send(home, 1, AHMAD, NOOR)
    assert state.learned.resent == []
    assert state.learned.corrected == {RT: 2}


def test_a_whole_village_mended_is_what_was_planted(tmp_path: Path) -> None:
    """A sample with mistakes, then the same village without: gone are the planted rows, new the forgotten babies."""
    home, clean = tmp_path / "salah", tmp_path / "benar"
    for folder, rate in ((home, 4.0), (clean, 0.0)):
        make_sample(folder, rts=6, persons_per_rt=60, seed=3, mistakes=rate)
    planted = json.loads((home / "truth.json").read_text("utf-8"))["mistakes"]
    fold_in(home)
    shutil.copytree(clean / "data" / "raw", home / "data" / "raw", dirs_exist_ok=True)
    fold_in(home, NOW + dt.timedelta(days=1))
    office = load_office(Places(home))
    state = standing(office.places.warehouse, parse_period("2025-Q3"), office.register)
    people = [entry for entry in state.learned.resent if entry.dataset == "penduduk"]
    # Who moved away or died, who lives in another RT, a row copied, a child not yet born at the end of the quarter.
    beyond = ("pindah", "meninggal", "satu orang di dua RT", "baris disalin", "lahir sesudah")
    too_many = [m for m in planted if m["what"].startswith(beyond)]
    assert sum(entry.removed for entry in people) == len(too_many) > 0
    assert sum(entry.added for entry in people) == sum(m["what"].startswith("bayi") for m in planted) > 0
    assert state.held == 0


def test_what_one_rt_re_sends_says_nothing_of_another(home: Path) -> None:
    send(home, 0, AHMAD, person(9, "Umar", kk=9, rt="003"))
    state = send(home, 1, NOOR, name="b.xlsx")
    assert (only(state).area, only(state).added, only(state).removed) == (RT, 1, 1)


@pytest.mark.parametrize(
    ("left", "warned"),
    [(0, True), (1, True), (2, False), (4, False)],
)
def test_a_workbook_that_lost_more_than_half_of_its_rows_is_a_warning(home: Path, left: int, warned: bool) -> None:
    """Of four accepted rows one left: three gone, more than half. Two left: half, no warning. Umar always is new."""
    people = (AHMAD, NOOR, SITI, BUDI)
    send(home, 0, *people)
    state = send(home, 1, *people[:left], person(5, "Umar", kk=5))
    said = [str(f["message"]) for f in state.findings if f["rule"] == "KIRIM01"]
    assert len(said) == warned
    if warned:
        assert said[0].startswith(f"{4 - left} dari 4 baris Penduduk RT 001 RW 002 yang sudah diterima tidak ada lagi")
        assert ask(home, "SELECT receipt, area, severity FROM findings WHERE rule = 'KIRIM01'") == [(2, RT, "warning")]


def test_rows_that_are_held_now_are_not_lost(home: Path) -> None:
    people = (AHMAD, NOOR, SITI, BUDI)
    send(home, 0, *people)
    state = send(home, 1, *(changed(row, BORN, "?") for row in people))
    assert state.held == 4
    assert not [f for f in state.findings if f["rule"] == "KIRIM01"]


def test_the_warning_goes_when_the_whole_list_comes_again(home: Path) -> None:
    people = (AHMAD, NOOR, SITI, BUDI)
    send(home, 0, *people)
    assert "KIRIM01" in {f["rule"] for f in send(home, 1, AHMAD).findings}
    assert send(home, 2, *people).findings == []


def missing(state: Standing) -> list[str]:
    """What is said of RTs that a re-sent workbook lacks."""
    return [str(finding["message"]) for finding in state.findings if finding["rule"] == "KIRIM02"]


def test_an_rt_that_a_re_sent_workbook_lacks_still_counts_with_a_warning_until_it_comes(home: Path) -> None:
    """Umar's RT 003 is left out twice, and comes in a workbook of its own after another RT's."""
    umar, other = person(9, "Umar", kk=9, rt="003"), person(8, "Aini", kk=8, rt="004")
    assert missing(send(home, 0, AHMAD, NOOR, umar)) == []
    for day in (1, 2):
        state = send(home, day, *(AHMAD, NOOR)[:day])
        assert state.accepted == day + 1
        [told] = missing(state)
        assert told.startswith("1 baris RT 003 RW 002 dari kiriman sebelumnya masih dihitung")
        assert ask(home, "SELECT receipt FROM findings WHERE rule = 'KIRIM02'") == [(day + 1,)]
    write_people(home / INBOX / "a.xlsx", NOOR)
    taken = fold_in(home, NOW + dt.timedelta(days=3))
    assert [line for line in lines(taken) if line.startswith("Periksa: a.xlsx: 1 baris RT 003 RW 002 ")]
    assert len(missing(send(home, 4, other, name="b.xlsx"))) == 1
    assert missing(send(home, 5, umar, name="c.xlsx")) == []


def test_another_rts_workbook_under_a_name_used_before_lacks_nothing(home: Path) -> None:
    send(home, 0, AHMAD)
    assert missing(send(home, 1, person(9, "Umar", kk=9, rt="003"))) == []


def test_an_rt_whose_people_the_re_sent_workbook_has_elsewhere_is_not_missing(home: Path) -> None:
    """Noor stood in RT 003 by mistake: there she is held now, and nothing of that RT counts."""
    send(home, 0, AHMAD, changed(NOOR, 7, "003"))
    state = send(home, 1, AHMAD, NOOR)
    assert (state.accepted, state.held, missing(state)) == (2, 1, [])
