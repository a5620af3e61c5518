"""The RTs of one kelurahan send in their workbooks: made, spoilt a little, written, one after another."""

from dataclasses import dataclass, field
from pathlib import Path

from pipelines.sample.draws import stream
from pipelines.sample.files import write
from pipelines.sample.mistakes import plant
from pipelines.sample.places import Kelurahan, Rt, rts_of
from pipelines.sample.recap import recap_of
from pipelines.sample.rows import Report, Row, report_of, without_unlisted
from pipelines.sample.sheets import Grid, lay_out
from pipelines.sample.site import RESIDENT, Site
from pipelines.sample.slips_numbers import movable
from pipelines.sample.styles import RECAP, Style, columns_of, habits
from pipelines.sample.truth import Truth
from pipelines.sample.village import Office, people_of
from schemas import datasets

SENDS_RECAP = 3  # this RT sends two recaps of its own; the kelurahan sends one of all RTs
EVERYONE = "rekap_penduduk"
MOVERS = 12  # people of the RT before who may turn up in the next one as well
NOTES = (
    "PETUNJUK PENGISIAN",
    "1. Satu baris untuk satu orang. NIK dan nomor KK ditulis 16 angka sebagai teks.",
    "2. Tanggal ditulis hari-bulan-tahun.",
    "3. Kirim paling lambat tanggal 5 sesudah akhir triwulan.",
)
SCRAP = (
    "cek lagi rumah ujung gang",
    "iuran sampah 15",
    "yang belum: 3 rumah",
    "telepon pak lurah hari Kamis",
)


@dataclass
class Sender:
    """Writes the workbooks of one kelurahan into its folder of the inbox.

    `real` numbers the people of the village, `unreal` those whom only a mistake brings into a list.
    """

    inbox: Path
    folder: Path
    truth: Truth
    real: Office
    unreal: Office
    multiplier: float
    _movers: list[Row] = field(default_factory=list)

    def send(self, place: Kelurahan, rts: int, persons: int) -> None:
        """Make and write all RTs of a kelurahan; no more than two RTs are in memory at once."""
        recaps: list[dict[str, Row]] = []
        lurah = ""
        for style, group in habits(rts_of(place, rts)):
            reports = []
            for rt in group:
                report = self._report(rt, persons)
                reports.append(report)
                recaps.append(self._recaps(report, style))
                if len(recaps) == SENDS_RECAP:
                    self._write_recap(report, recaps[-1])
                self._spoil(report, style)
            lurah = lurah or reports[0].families[0].head.nama
            self._write_registers(style, reports)
        rows = [recap[EVERYONE] for recap in recaps]
        signer = place.office, lurah
        grid = lay_out(datasets()[EVERYONE], rows, RECAP, place, self.real.quarter, signer)
        self._write(RECAP.file.format(place=place.name), [grid], RECAP)

    def _report(self, rt: Rt, persons: int) -> Report:
        families = people_of(self.real, rt, persons)
        report = report_of(stream(self.real.seed, "isian", rt.code), rt, families)
        self.truth.clean.add(report, self.real.quarter)
        return report

    def _recaps(self, report: Report, style: Style) -> dict[str, Row]:
        columns = columns_of(RESIDENT, style)
        without_unlisted(report, columns)
        return recap_of(report, columns, self.real.quarter)

    def _spoil(self, report: Report, style: Style) -> None:
        if self.multiplier:
            rng = stream(self.real.seed, "salah", report.rt.code)
            site = Site(rng, report, style, self.unreal, self._movers)
            plant(site, self.multiplier)
            self._movers = site.untouched(RESIDENT, movable)[:MOVERS]

    def _write_recap(self, report: Report, recaps: dict[str, Row]) -> None:
        """The aid and the schooling of one RT; a recap sent twice for an RT would replace the first."""
        grids = [
            lay_out(datasets()[name], [row], RECAP, report.rt, self.real.quarter, _chair(report))
            for name, row in recaps.items()
            if name != EVERYONE
        ]
        self._write(RECAP.file.format(place=f"RT {report.rt.rt} RW {report.rt.rw}"), grids, RECAP)

    def _write_registers(self, style: Style, reports: list[Report]) -> None:
        first, rts = reports[0], [report.rt for report in reports]
        grids = []
        for name in first.tables:
            rows = [row for report in reports for row in report.tables[name]]
            grids.append(lay_out(datasets()[name], rows, style, first.rt, self.real.quarter, _chair(first)))
        place = {
            "rt": " dan ".join(dict.fromkeys(rt.rt for rt in rts)),
            "rw": " dan ".join(dict.fromkeys(rt.rw for rt in rts)),
        }
        if "{dataset}" in style.file:
            files = [self._write(style.file.format(dataset=grid.dataset, **place), [grid], style) for grid in grids]
        else:
            files = [self._write(style.file.format(**place), grids + _beside(style), style)]
        for report in reports:
            for fault in report.missing:
                self.truth.add_missing(files[0], grids[0], fault)

    def _write(self, name: str, grids: list[Grid], style: Style) -> str:
        path = self.folder / name
        write(path, grids, self.real.quarter, style.font)
        relative = path.relative_to(self.inbox).as_posix()
        for grid in grids:
            self.truth.add(relative, grid)
        return relative


def _chair(report: Report) -> tuple[str, str]:
    """Who signs for an RT: the head of its first family."""
    return f"Ketua RT {report.rt.rt} RW {report.rt.rw}", report.families[0].head.nama


def _beside(style: Style) -> list[Grid]:
    """The sheets that hold no data: instructions, and a hidden one with scrap notes."""
    sheets = []
    if style.notes:
        sheets.append(Grid("Keterangan", cells=[[line] for line in NOTES], titles=1))
    if style.scrap:
        sheets.append(Grid("coretan", cells=[[line] for line in SCRAP], hidden=True))
    return sheets
