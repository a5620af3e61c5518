"""One sheet for the wall and for sending around: the largest figures, the pyramid, the RTs that have reported."""

import datetime as dt
from dataclasses import dataclass

from pipelines.publishing.profile.model import Chart, Profile, Shown
from pipelines.publishing.profile.reading import TILED, Source
from pipelines.publishing.profile.words import coverage, shown

MOST_HOUSES = 120  # RTs that are drawn one by one; more are only counted
GROUPS = (
    ("school", "Pendidikan", (("aps_7_12", "Umur 7–12 bersekolah"), ("aps_13_15", "Umur 13–15 bersekolah"),
                              ("aps_16_18", "Umur 16–18 bersekolah"))),
    ("work", "Pekerjaan", (("tpak", "Angkatan kerja (TPAK)"), ("tpt", "Menganggur (TPT)"),
                           ("neet", "Muda 15–24 tidak sekolah, tidak bekerja"))),
    ("welfare", "Kesejahteraan", (("persentase_keluarga_desil_1_4", "KK desil 1–4"),
                                  ("keluarga_penerima_pkh", "KK penerima PKH"),
                                  ("keluarga_penerima_bpnt", "KK penerima BPNT"))),
    ("house", "Rumah dan lingkungan", (("rumah_layak_huni", "Rumah layak huni"), ("air_minum_layak", "Air minum layak"),
                                       ("sanitasi_layak", "Sanitasi layak"))),
)  # fmt: skip
PAPERS = (("cakupan_nik", "Memiliki NIK"), ("cakupan_ktp_el", "Wajib KTP memiliki KTP-el"),
          ("cakupan_akta_lahir", "Anak 0–17 berakta lahir"))  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A figure in words; a share is drawn as a bar."""

    label: str
    figure: Shown
    unit: str
    share: bool


@dataclass(frozen=True)
class Group:
    """Figures of one subject under its sign."""

    sign: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Infographic:
    """All that stands on the sheet. `houses` is one for each RT: whether it has reported."""

    title: str
    period: str
    located: str
    people: Shown
    men: Shown
    women: Shown
    families: Shown
    size: Shown
    median: Shown
    elderly: Shown
    pyramid: Chart
    coverage: str
    houses: tuple[bool, ...]
    papers: tuple[Line, ...]
    groups: tuple[Group, ...]
    notice: str
    release: str
    date: dt.date
    reference_date: str


def infographic(source: Source, profile: Profile) -> Infographic:
    """The sheet of a profile, with the same figures and the same pyramid."""
    whole = source.figure(TILED)
    rts = [place for place in source.publication.small if place.level == "rt"]
    told = [source.publication.figure(place, TILED) for place in rts]
    pyramid = next(b for s in profile.sections for b in s.blocks if isinstance(b, Chart) and b.id == "piramida")
    return Infographic(
        title=source.place.title if profile.title.endswith(source.place.title) else source.publication.where,
        period=profile.period,
        located=profile.located,
        people=shown(source, TILED),
        men=shown(source, TILED, "L"),
        women=shown(source, TILED, "P"),
        families=shown(source, "jumlah_keluarga"),
        size=shown(source, "rata_rata_anggota_keluarga"),
        median=shown(source, "umur_median"),
        elderly=shown(source, "persentase_lansia"),
        pyramid=pyramid,
        coverage=coverage(whole),
        houses=tuple(f is not None and f.reported > 0 for f in told) if len(told) <= MOST_HOUSES else (),
        papers=_lines(source, PAPERS),
        groups=tuple(Group(sign, title, _lines(source, listed)) for sign, title, listed in GROUPS),
        notice=profile.notice,
        release=profile.release,
        date=profile.date,
        reference_date=profile.reference_date,
    )


def _lines(source: Source, listed: tuple[tuple[str, str], ...]) -> tuple[Line, ...]:
    lines, whole = [], coverage(source.figure(TILED))
    for code, label in listed:
        share = source.entries[code].unit == "persen"
        figure, rts = shown(source, code), coverage(source.figure(code))
        of = f" ({rts})" if figure.known and rts != whole else ""  # the sheet says once how many RTs stand behind it
        lines.append(Line(label + of, figure, "%" if share else source.entries[code].unit, share))
    return tuple(lines)
