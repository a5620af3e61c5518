"""What is not known is said in words: earlier periods, missing RTs, withheld figures, absent distributions."""

from pathlib import Path

import pytest

from pipelines.indicators.catalogue import catalogue
from pipelines.publishing.profile.compose import compose
from pipelines.publishing.profile.model import Chart, Profile, Prose, Sentence, Shown, Table
from pipelines.publishing.profile.reading import Source, read_source
from pipelines.publishing.profile.words import change, number
from pipelines.publishing.profile.write import write_profile

from .reading import figures, read_page
from .stores import BEFORE, FIRST, KELURAHAN, MISSING, PERIOD, WITHHELD, Made, make

HERE = f"area = '{KELURAHAN}'"
RECAP = [code for code, entry in catalogue().items() if entry.recap]


def composed(made: Made) -> tuple[Source, Profile]:
    source = read_source(made.office.places.published, PERIOD)
    return source, compose(source, {})


def plain(sentence: Sentence) -> str:
    return "".join(item.text if isinstance(item, Shown) else item for item in sentence)


def told(profile: Profile, title: str) -> list[str]:
    """The sentences under a heading of the chapter of what is not known."""
    blocks = [block for section in profile.sections for block in section.blocks]
    (found,) = [block for block in blocks if isinstance(block, Prose) and block.title == title]
    return [plain(line) for line in found.lines]


def charts(profile: Profile) -> dict[str, Chart]:
    return {block.id: block for section in profile.sections for block in section.blocks if isinstance(block, Chart)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (["value = 40 WHERE period = '2025-Q2'"], "Naik 10 sejak triwulan II 2025 (40)"),
        (["value = 60 WHERE period = '2025-Q2'"], "Turun 10 sejak triwulan II 2025 (60)"),
        (["value = 50 WHERE period = '2025-Q2'"], "Tetap sejak triwulan II 2025 (50)"),
        ([f"status = 'c', {WITHHELD} WHERE period = '2025-Q2'"], "Triwulan II 2025: disembunyikan"),
        ([f"{MISSING} WHERE period = '2025-Q2'"], "Triwulan II 2025: belum dilaporkan"),
        (
            ["value = 40, areas_reported = 3 WHERE period = '2025-Q2'"],
            "Naik 10 sejak triwulan II 2025 (40); RT berbeda (3 dari 4 RT)",
        ),
        (["value = 40 WHERE period = '2025-Q2'", f"{MISSING} WHERE period = '{PERIOD}'"], "Triwulan II 2025: 40"),
        ([f"{MISSING} WHERE period >= '2025-Q2'"], ""),
    ],
)  # fmt: skip
def test_the_change_since_the_period_before(changes: list[str], said: str, tmp_path: Path) -> None:
    made = make(tmp_path, [f"value = 50 WHERE period = '{PERIOD}'", *changes], periods=(BEFORE, PERIOD))
    source, _ = composed(made)
    assert plain(change(source, "jumlah_penduduk")) == said


def test_a_change_is_what_a_reader_reckons_from_the_rounded_figures(tmp_path: Path) -> None:
    now, then = f"value = 38.449 WHERE period = '{PERIOD}'", f"value = 38.151 WHERE period = '{BEFORE}'"
    source, _ = composed(make(tmp_path, [now, then], periods=(BEFORE, PERIOD)))
    assert plain(change(source, "tpak")) == "Naik 0,2 poin sejak triwulan II 2025 (38,2)"


def test_numbers_are_written_as_indonesians_read_them() -> None:
    told = [number(1234.5, 1), number(0.25, 3), number(0.25, 1), number(1234567), number(-1.5, 1), number(2.5)]
    assert told == ["1.234,5", "0,250", "0,3", "1.234.567", "-1,5", "3"]


def test_a_first_release_has_no_trend_and_says_so(tmp_path: Path) -> None:
    made = make(tmp_path, periods=(PERIOD,))
    _, profile = composed(made)
    assert not [name for name in charts(profile) if name.startswith("tren")]
    assert told(profile, "Belum ada pembanding") == [
        "Baru satu periode yang terbit. Perkembangan digambar mulai dari dua periode."
    ]
    assert {plain(h.change) for h in profile.headlines} == {"Rilis pertama; belum ada pembanding"}


def test_a_report_of_an_earlier_period_knows_nothing_of_later_ones(tmp_path: Path) -> None:
    made = make(tmp_path)
    source = read_source(made.office.places.published, BEFORE)
    assert source.periods == (FIRST, BEFORE)
    series = [
        b for s in compose(source, {}).sections for b in s.blocks if isinstance(b, Table) and b.title == "Deret waktu"
    ]
    assert series[0].columns == ("Indikator", "I 2025", "II 2025")


def test_missing_rts_and_hidden_and_weak_figures_are_named(tmp_path: Path) -> None:
    made = make(
        tmp_path,
        (
            f"{MISSING} WHERE area = '{KELURAHAN}-002-002'",
            f"areas_reported = 3 WHERE {HERE}",
            f"areas_reported = 2 WHERE {HERE} AND indicator = 'tpak'",
            f"status = 'c', {WITHHELD} WHERE {HERE} AND indicator = 'p0'",
            f"status = 's', {WITHHELD} WHERE {HERE} AND indicator = 'tpt' AND breakdown = 'P'",
            f"status = 'm', {WITHHELD} WHERE {HERE} AND indicator = 'cakupan_pkh'",
            f"status = 'z', value = NULL WHERE {HERE} AND indicator = 'apm_sd' AND breakdown = 'total'",
            f"status = 'u' WHERE {HERE} AND indicator = 'aps_7_12' AND breakdown = 'L'",
            f"status = 'c', {WITHHELD} WHERE level = 'rw' AND indicator = 'p0' AND period = '{PERIOD}'",
        ),
    )
    _, profile = composed(made)
    assert told(profile, "RT yang belum melapor") == ["1 RT: RT 002 RW 002."]
    assert told(profile, "Angka dari sebagian RT saja") == ["2 dari 4 RT: Tingkat Partisipasi Angkatan Kerja (TPAK)."]
    place = "Kelurahan Kandangan Utara"
    assert told(profile, "Angka yang tidak ditampilkan") == [
        f"{place}, disembunyikan: Persentase Penduduk Miskin (P0); Tingkat Pengangguran Terbuka (TPT) (perempuan).",
        f"{place}, jawaban belum cukup: Cakupan PKH.",
        f"{place}, tidak dapat dihitung, penyebutnya nol: Angka Partisipasi Murni (APM) SD/MI.",
        "Tingkat RW: 2 angka disembunyikan, karena terlalu sedikit keluarga di baliknya atau karena angka lain yang "
        "dilindungi dapat dihitung dari selisihnya.",
    ]
    (weak,) = told(profile, "Angka yang kurang andal")
    assert weak.startswith("Angka Partisipasi Sekolah (APS) 7-12 Tahun (laki-laki): 3 dari 4 RT; ")


def test_without_distributions_their_charts_say_why(tmp_path: Path) -> None:
    _, profile = composed(make(tmp_path, distributions=False))
    drawn = charts(profile)
    for name in ("piramida", "agama", "desil", "ijazah", "ats", "pekerjaan-utama", "anggota", "kawin", "disabilitas"):
        assert (drawn[name].svg, drawn[name].absent[:29]) == ("", "Rilis ini belum memuat rincia")
    assert drawn["sekolah"].svg


def test_a_distribution_that_is_wholly_withheld_is_not_drawn_as_zero(tmp_path: Path) -> None:
    changes = [f"status = 'c', {WITHHELD} WHERE breakdown LIKE 'desil:%' OR breakdown = 'agama:4'"]
    _, profile = composed(make(tmp_path, changes))
    drawn = charts(profile)
    said = "Tidak satu pun angkanya dapat ditampilkan: disembunyikan."
    assert (drawn["desil"].svg, drawn["desil"].absent) == ("", said)
    assert "Hindu disembunyikan" in drawn["agama"].alt
    assert drawn["agama"].notes == ("Angka yang disembunyikan bukan nol.",)


def test_a_home_with_only_count_sheets_shows_what_it_has(tmp_path: Path) -> None:
    known = ", ".join(f"'{code}'" for code in RECAP)
    made = make(tmp_path, [f"{MISSING} WHERE indicator NOT IN ({known})"], periods=(PERIOD,), distributions=False)
    write_profile(made.office, PERIOD)
    page = read_page(made.file("profil.html"))
    shown = {e["data-indicator"] for e in figures(page) if e["data-value"]}
    assert shown == set(RECAP)
    assert "belum dilaporkan" in page.text
    assert made.file("profil.pdf").read_bytes()[:5] == made.file("infografis.pdf").read_bytes()[:5] == b"%PDF-"


def test_a_home_where_nothing_is_known_still_says_so(tmp_path: Path) -> None:
    made = make(tmp_path, [MISSING + " WHERE TRUE"])
    write_profile(made.office, PERIOD)
    page = read_page(made.file("profil.html"))
    assert not [e for e in figures(page) if e["data-value"]]
    assert "4 RT: RT 001 RW 001; RT 002 RW 001; RT 001 RW 002; RT 002 RW 002." in page.text
