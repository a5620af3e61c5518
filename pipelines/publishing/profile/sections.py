"""The chapters of the profile, in the order in which an officer is asked about them."""

from collections.abc import Sequence
from functools import partial

from pipelines.publishing.profile.blocks import all_figures, chart, finished, largest_first, of_classes
from pipelines.publishing.profile.boundaries import Shape
from pipelines.publishing.profile.charts import Bar, bars, columns, pairs
from pipelines.publishing.profile.map import on_map
from pipelines.publishing.profile.model import Block, Chart, Section, Shown, Table
from pipelines.publishing.profile.pyramid import AgeGroup, pyramid
from pipelines.publishing.profile.reading import Source
from pipelines.publishing.profile.theme import FAINT, MAIN, MEN, WOMEN
from pipelines.publishing.profile.tiles import by_kelurahan, tiles
from pipelines.publishing.profile.words import shown

LADDER = (("7–12 tahun", "aps_7_12", "apm_sd"), ("13–15 tahun", "aps_13_15", "apm_smp"),
          ("16–18 tahun", "aps_16_18", "apm_sm"))  # fmt: skip
AID = {"keluarga_penerima_pkh": "PKH", "keluarga_penerima_bpnt": "BPNT/Sembako", "keluarga_penerima_blt": "BLT"}
DWELLING = {
    "rumah_layak_huni": "Rumah layak huni",
    "air_minum_layak": "Air minum layak",
    "sanitasi_layak": "Sanitasi layak",
    "bab_sembarangan": "BAB sembarangan",
}
WORK = {"tpak": "TPAK", "tkk": "TKK", "tpt": "TPT", "pekerja_informal": "Pekerja informal", "neet": "NEET 15–24"}
MISSED = {
    "kesalahan_eksklusi_pkh": "Berhak PKH, tidak menerima",
    "kesalahan_inklusi_pkh": "Menerima PKH, tidak berhak",
    "kesalahan_eksklusi_bpnt": "Berhak BPNT, tidak menerima",
    "kesalahan_inklusi_bpnt": "Menerima BPNT, tidak berhak",
    "kesalahan_inklusi_pbi_jk": "Peserta PBI-JK, tidak berhak",
}
FINISHED = {
    "tingkat_penyelesaian_sd": "SD/MI 13–15",
    "tingkat_penyelesaian_smp": "SMP/MTs 16–18",
    "tingkat_penyelesaian_sm": "SMA/SMK 19–21",
}
PAPERS = {
    "cakupan_nik": "NIK",
    "cakupan_ktp_el": "KTP-el",
    "cakupan_akta_lahir": "Akta lahir 0–17",
    "cakupan_akta_lahir_0_4": "Akta lahir 0–4",
}
SHARE = partial(bars, most=100)
SEXES = {"L": "Laki-laki", "P": "Perempuan"}
PYRAMID = "Piramida penduduk menurut kelompok umur dan jenis kelamin"


def population(source: Source, shapes: dict[str, list[Shape]]) -> Section:
    """Age, sex, where people live, family size, religion, marriage."""
    people = "jumlah_penduduk"
    grid = tiles(source)
    where: list[Block] = [b for b in (grid and on_map(grid, shapes), by_kelurahan(source)) if b is not None]
    return Section(
        id="penduduk",
        title="Penduduk dan keluarga",
        blocks=(
            _pyramid(source),
            *where,
            chart(source, "anggota", "Keluarga menurut banyaknya anggota", "keluarga",
                  of_classes(source, "jumlah_keluarga", "anggota"), bars),
            chart(source, "kawin", "Penduduk menurut status perkawinan", "orang",
                  of_classes(source, people, "status_perkawinan"), bars),
            chart(source, "agama", "Penduduk menurut agama", "orang", of_classes(source, people, "agama"), bars),
        ),
        all_figures=all_figures(source, "Semua angka penduduk dan keluarga", "penduduk"),
    )  # fmt: skip


def education(source: Source) -> Section:
    """Who is at school, who is not and why, and what people have finished."""
    return Section(
        id="pendidikan",
        title="Pendidikan",
        blocks=(
            _ladder(source),
            _totals(source, "tamat", "Tamat sekolah pada umurnya (tingkat penyelesaian)", "persen", FINISHED),
            chart(source, "ijazah", "Ijazah tertinggi penduduk 15 tahun ke atas", "persen",
                  of_classes(source, "ijazah_tertinggi", "ijazah"), bars),
            chart(source, "ats", "Anak 7–18 tahun yang tidak sekolah menurut alasan", "persen",
                  of_classes(source, "anak_tidak_sekolah_7_18", "alasan_ats"), bars),
        ),
        all_figures=all_figures(source, "Semua angka pendidikan", "pendidikan", "anak_tidak_sekolah"),
    )  # fmt: skip


def welfare(source: Source) -> Section:
    """Families by decile and aid, and how they live; poverty measures stand in the table, as the register's."""
    listed = of_classes(source, "keluarga_menurut_desil", "desil")
    deciles = [Bar(bar.label.removeprefix("Desil "), bar.figure) for bar in listed]
    return Section(
        id="kesejahteraan",
        title="Kesejahteraan, bantuan sosial, dan perumahan",
        lead=("Desil 1 adalah sepersepuluh keluarga paling rendah kesejahteraannya se-Indonesia menurut DTSEN; karena "
              "itu satu kelurahan tidak harus 10 persen di setiap desil.",),
        blocks=(
            chart(source, "desil", "Keluarga (KK) menurut desil DTSEN", "persen", deciles,
                  partial(columns, title="Desil (warna tua: desil 1–4)", strong=4)),
            _totals(source, "bantuan", "KK penerima bantuan sosial", "keluarga", AID),
            _totals(source, "salah-sasaran", "Bantuan yang tidak tepat sasaran menurut desil DTSEN", "persen", MISSED),
            _totals(source, "rumah", "Keluarga menurut keadaan rumah, air, dan sanitasi", "persen", DWELLING),
        ),
        all_figures=all_figures(source, "Semua angka kesejahteraan, bantuan, dan perumahan",
                                "kesejahteraan", "ketepatan_bantuan", "kemiskinan_multidimensi"),
    )  # fmt: skip


def work(source: Source) -> Section:
    """Labour force by sex, and what people do."""
    return Section(
        id="pekerjaan",
        title="Pekerjaan",
        blocks=(
            _by_sex(source, "kerja", "Angkatan kerja menurut jenis kelamin", WORK),
            chart(source, "pekerjaan-utama", "Penduduk menurut pekerjaan di Kartu Keluarga", "orang",
                  largest_first(of_classes(source, "jumlah_penduduk", "pekerjaan")), bars),
        ),
        all_figures=all_figures(source, "Semua angka pekerjaan", "ketenagakerjaan"),
    )  # fmt: skip


def papers(source: Source) -> Section:
    """Civil documents and disability."""
    kinds = of_classes(source, "jumlah_penduduk", "disabilitas", without=("0", "x"))
    return Section(
        id="dokumen",
        title="Dokumen kependudukan dan disabilitas",
        blocks=(
            _by_sex(source, "dokumen-warga", "Kepemilikan dokumen kependudukan", PAPERS),
            chart(source, "disabilitas", "Penyandang disabilitas menurut jenis", "orang", kinds, bars),
        ),
        all_figures=all_figures(source, "Semua angka dokumen dan disabilitas", "dokumen"),
    )


def _totals(source: Source, name: str, title: str, unit: str, codes: dict[str, str]) -> Chart:
    listed = [Bar(label, shown(source, code)) for code, label in codes.items()]
    return chart(source, name, title, unit, listed, SHARE if unit == "persen" else bars)


def _pyramid(source: Source) -> Chart:
    sides = [{c.code: c.breakdown for c in source.classes.get(side, ())} for side in ("umur_L", "umur_P")]
    groups = [
        AgeGroup(age.replace("-", "–"), *(shown(source, "jumlah_penduduk", side[age]) for side in sides))
        for age in sides[0]
        if age in sides[1]
    ]
    table = Table(PYRAMID, ("Umur", "Laki-laki", "Perempuan"), tuple((g.label, g.men, g.women) for g in groups))
    said = "; ".join(f"{g.label} tahun laki-laki {g.men.text}, perempuan {g.women.text}" for g in groups)
    figures = [f for g in groups for f in (g.men, g.women)]
    return finished(source, "piramida", PYRAMID, "orang", figures, said, table, lambda: pyramid("piramida", groups))


def _ladder(source: Source) -> Chart:
    title = "Partisipasi sekolah (APS) dan partisipasi murni (APM) menurut umur"
    groups = [(age, (shown(source, aps), shown(source, apm))) for age, aps, apm in LADDER]
    return _paired(source, "sekolah", title, {"APS": "APS", "APM": "APM"}, groups, (MAIN, FAINT))


def _by_sex(source: Source, name: str, title: str, codes: dict[str, str]) -> Chart:
    groups = [(label, (shown(source, code, "L"), shown(source, code, "P"))) for code, label in codes.items()]
    return _paired(source, name, title, SEXES, groups, (MEN, WOMEN))


def _paired(
    source: Source,
    name: str,
    title: str,
    both: dict[str, str],
    groups: Sequence[tuple[str, tuple[Shown, Shown]]],
    colours: tuple[str, str],
) -> Chart:
    """Shares in percent, two a group. `both` maps the short name of each side to its heading."""
    table = Table(title, ("Rincian", *both.values()), tuple((group, *pair) for group, pair in groups))
    listed = [(group, [Bar(side, f) for side, f in zip(both, pair, strict=True)]) for group, pair in groups]
    said = "; ".join(f"{group} " + ", ".join(f"{b.label} {b.figure.text}" for b in of) for group, of in listed)
    figures = [figure for _, pair in groups for figure in pair]
    draw = partial(pairs, name, listed, colours)
    return finished(source, name, title, "persen", figures, said, table, draw)
