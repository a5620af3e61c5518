"""An outsider with all that is published and a solver: which withheld counts follow from it?

Unknowns are the numerator and the denominator of every figure that was reported; published ones are fixed. He knows
that parts add up (areas, sexes) and what follows from what by definition; none of this is taken from the code under
test. A count is recovered when it can have one value only.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, diags, hstack, identity, vstack

from .splits import LARGEST, SAME_DENOMINATOR, SIZES, SUMS, SUMS_ANYWHERE, UNKNOWN, whole_of

Key = tuple[str, str, str, str]  # area, indicator, breakdown, and "N", "D" or "R": what is not in the numerator
Row = dict[str, object]
Bounds = np.ndarray | list[tuple[int | None, int | None]]
MOVES = 1e-6  # what moves less cannot move

SCHOOL_AGES = ("7_12", "13_15", "16_18")
COUNTS = {
    "jumlah_penduduk", "jumlah_keluarga", "jumlah_lansia", "jumlah_kelahiran", "jumlah_kematian", "migrasi_neto",
    "jumlah_penduduk_miskin", "keluarga_penerima_pkh", "keluarga_penerima_bpnt", "keluarga_penerima_blt",
    "jumlah_sekolah_sd", "jumlah_sekolah_smp", "jumlah_sekolah_sma", "jumlah_putus_sekolah",
    "penduduk_usia_kerja", "jumlah_angkatan_kerja", "jumlah_penduduk_bekerja", "jumlah_pengangguran",
}  # fmt: skip
# The rest of the drop-outs is not out of school, which other figures tell: no secret, but their own.
REST_IS_TOLD = {"putus_sekolah_7_18", *(f"angka_putus_sekolah_{ages}" for ages in SCHOOL_AGES)}
SIGNED = {"migrasi_neto"}  # may be below zero
# Extremes that are no secret of anybody's: that nobody has it, that everybody has.
NOBODY_HAS = {"bab_sembarangan", "jumlah_kelahiran", "jumlah_kematian"}
EVERYBODY_HAS = {
    "air_minum_layak", "sanitasi_layak", "rumah_layak_huni",
    "cakupan_nik", "cakupan_ktp_el", "cakupan_akta_lahir", "cakupan_akta_lahir_0_4",
}  # fmt: skip
ONLY_SPLIT = {"ijazah_tertinggi", "keluarga_menurut_desil"}  # the total is all of the denominator
NO_PARTS = {"umur_median", "hls", "gini"}
BY_SIZE = {"kepadatan_penduduk"}  # whose denominator anybody knows, and whose parts need not all have a size
OF_QUARTERS = {"laju_pertumbuhan_penduduk", "angka_kelahiran_kasar", "angka_kematian_kasar", "angka_migrasi_neto"}
NO_SHARE = {
    "rasio_jenis_kelamin", "rasio_ketergantungan", "rasio_ketergantungan_muda", "rasio_ketergantungan_tua",
    "rata_rata_anggota_keluarga", "rasio_anak_wanita", "apk_sd", "apk_smp", "apk_sm", "apk_pt", "rls",
    "p1", "p2", "ikm_a", "ikm_m0",
}  # fmt: skip
# Every line: (factor, indicator, part) that sum to nothing, wherever all of them were reported by the same RTs.
DEFINITIONS = [
    [(1, "p0", "N"), (-1, "jumlah_penduduk_miskin", "N")],
    [(1, "p0", "D"), (-1, "p1", "D")],
    [(1, "p0", "D"), (-1, "p2", "D")],
    [(1, "ikm_h", "N"), (-1, "ikm_a", "D")],
    [(1, "ikm_h", "D"), (-1, "ikm_m0", "D")],
    [(1, "ikm_a", "N"), (-1, "ikm_m0", "N")],
    [(1, "tpak", "N"), (-1, "tpt", "D")],
    [(1, "tpt", "D"), (-1, "tkk", "D")],
    [(1, "tpt", "N"), (1, "tkk", "N"), (-1, "tpt", "D")],
    *(
        [(1, f"cakupan_{aid}", part), (-1, f"kesalahan_eksklusi_{aid}", other)]
        for aid in ("pkh", "bpnt")
        for part, other in ("NR", "RN", "DD")
    ),
    *([(1, f"kesalahan_inklusi_{aid}", "R"), (-1, f"cakupan_{aid}", "N")] for aid in ("pkh", "bpnt", "pbi_jk")),
    [(1, "jumlah_angkatan_kerja", "N"), (-1, "tpak", "N")],
    [(1, "jumlah_penduduk_bekerja", "N"), (-1, "tkk", "N")],
    [(1, "jumlah_pengangguran", "N"), (-1, "tpt", "N")],
    [(1, "penduduk_usia_kerja", "N"), (-1, "rasio_ketergantungan", "D"), (-1, "rasio_ketergantungan_tua", "N")],
    [(1, "jumlah_putus_sekolah", "N"), (-1, "putus_sekolah_7_18", "N")],
    [(1, "jumlah_lansia", "N"), (-1, "persentase_lansia", "N")],
    [(1, "jumlah_sekolah_sd", "N"), (-1, "apk_sd", "N")],
    [(1, "jumlah_sekolah_smp", "N"), (-1, "apk_smp", "N")],
    [(1, "jumlah_sekolah_sma", "N"), (-1, "apk_sm", "N")],
    [(1, "jumlah_penduduk", "N"), (-1, "rata_rata_anggota_keluarga", "N")],
    [(1, "jumlah_keluarga", "N"), (-1, "rata_rata_anggota_keluarga", "D")],
    [(1, "jumlah_penduduk", "N"), (-1, "rasio_jenis_kelamin", "N"), (-1, "rasio_jenis_kelamin", "D")],
    [(1, "jumlah_penduduk", "N"), (-1, "persentase_lansia", "D")],
    [(1, "jumlah_penduduk", "N"), (-1, "cakupan_nik", "D")],
    [(1, "jumlah_penduduk", "N"), (-1, "kepadatan_penduduk", "N")],
    [(1, "rasio_ketergantungan", "N"), (-1, "rasio_ketergantungan_muda", "N"), (-1, "rasio_ketergantungan_tua", "N")],
    *([(1, f"apk_{level}", "D"), (-1, f"apm_{level}", "D")] for level in ("sd", "smp", "sm", "pt")),
    *(
        [(1, f"{whole}_7_18", part), *((-1, f"{name}_{ages}", part) for ages in SCHOOL_AGES)]
        for whole, name in (("anak_tidak_sekolah",) * 2, ("putus_sekolah", "angka_putus_sekolah"))
        for part in "ND"
    ),
    # Who ever went and did not drop out is not out of school, and the other way round.
    *(
        [(1, f"anak_tidak_sekolah_{ages}", "R"), (-1, f"{left}_{ages}", "R")]
        for left, groups in (("putus_sekolah", ["7_18"]), ("angka_putus_sekolah", SCHOOL_AGES))
        for ages in groups
    ),
    # Nobody has an SM certificate before 16, so who is not out of school attends.
    *([(1, f"anak_tidak_sekolah_{a}", "R"), (-1, f"aps_{a}", "N")] for a in SCHOOL_AGES[:2]),
    [(1, "rasio_ketergantungan", "D"), (-1, "rasio_ketergantungan_muda", "D")],
    [(1, "rasio_ketergantungan", "D"), (-1, "rasio_ketergantungan_tua", "D")],
    *([(1, one, "D"), (-1, other, "D")] for one, other in SAME_DENOMINATOR),
    [(1, "jumlah_penduduk", "N"), (-1, "rasio_ketergantungan", "N"), (-1, "rasio_ketergantungan", "D")],
]  # fmt: skip
# The first part is at most the second, or so many times the second.
AT_MOST = [
    [("apm_sd", "N"), ("apk_sd", "N")],
    [("apm_smp", "N"), ("apk_smp", "N")],
    [("apm_sm", "N"), ("apk_sm", "N")],
    [("apm_pt", "N"), ("apk_pt", "N")],
    [("apm_pt", "N"), ("aps_19_23", "N")],
    *([(f"angka_putus_sekolah_{a}", "N"), (f"anak_tidak_sekolah_{a}", "N")] for a in SCHOOL_AGES),
    [("putus_sekolah_7_18", "N"), ("anak_tidak_sekolah_7_18", "N")],
    *([(f"anak_tidak_sekolah_{a}", "N"), (f"aps_{a}", "R")] for a in SCHOOL_AGES),
    # Who is out of school says which certificate he has.
    [("anak_tidak_sekolah_13_15", "N"), ("tingkat_penyelesaian_sd", "D")],
    [("anak_tidak_sekolah_16_18", "N"), ("tingkat_penyelesaian_smp", "D")],
    [("tingkat_penyelesaian_sm", "N"), ("ijazah_sma_ke_atas", "N")],
    [("tingkat_penyelesaian_sm", "R"), ("ijazah_sma_ke_atas", "R")],
    [("apm_sd", "N"), ("aps_7_12", "N")],
    [("apm_smp", "N"), ("aps_13_15", "N")],
    [("apm_sm", "N"), ("aps_16_18", "N")],
    [("ikm_a", "N"), ("ikm_h", "N")],
    [("ikm_h", "N"), ("ikm_a", "N"), 3],  # who is poor lacks a third of everything
    [("cakupan_akta_lahir_0_4", "N"), ("cakupan_akta_lahir", "N")],
    [("cakupan_akta_lahir_0_4", "R"), ("cakupan_akta_lahir", "R")],
    [("persentase_keluarga_desil_1_4", "N"), ("persentase_keluarga_desil_1_5", "N")],
    [("persentase_keluarga_desil_1_5", "R"), ("persentase_keluarga_desil_1_4", "R")],
    [("cakupan_bpnt", "D"), ("persentase_keluarga_desil_1_5", "N")],
    [("kesalahan_inklusi_bpnt", "N"), ("persentase_keluarga_desil_1_5", "R")],
    [("cakupan_pkh", "D"), ("persentase_keluarga_desil_1_4", "N")],
    [("kesalahan_inklusi_pkh", "D"), ("keluarga_penerima_pkh", "N")],
    [("kesalahan_inklusi_bpnt", "D"), ("keluarga_penerima_bpnt", "N")],
    [("tpak", "D"), ("penduduk_usia_kerja", "N")],
    [("pekerja_informal", "D"), ("tkk", "N")],
    [("setengah_pengangguran", "D"), ("tkk", "N")],
    [("rumah_layak_huni", "N"), ("sanitasi_layak", "N")],
    [("rumah_layak_huni", "N"), ("air_minum_layak", "N")],
    [("bab_sembarangan", "N"), ("sanitasi_layak", "R")],
    [("p1", "N"), ("p0", "N")],
    [("p2", "N"), ("p1", "N")],
    [("cakupan_pkh", "N"), ("keluarga_penerima_pkh", "N")],
    [("cakupan_bpnt", "N"), ("keluarga_penerima_bpnt", "N")],
]  # fmt: skip


def parent_of(area: str) -> str:
    """The next wider area by its code."""
    return area.rsplit("-" if "-" in area else ".", 1)[0]


@dataclass
class Attack:
    """The equations that the published rows allow; `rows` are those of the public tier."""

    rows: list[Row]
    number: dict[Key, int] = field(default_factory=dict)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)
    secret: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.cells = {(str(r["area"]), str(r["indicator"]), str(r["breakdown"])): r for r in self.rows}
        for place, row in self.cells.items():
            if row["areas_reported"] and place[1] not in NO_PARTS | OF_QUARTERS:
                for part in _parts(*place[1:]):
                    self.number[*place, part] = len(self.number)
                self._tell(place, row)
        self._areas()
        self._sexes()
        self._definitions()
        self._splits()

    def _tell(self, place: tuple[str, str, str], row: Row) -> None:
        parts = {part: self.number[*place, part] for part in "NDR" if (*place, part) in self.number}
        if "R" in parts:
            self.equal.append(({parts["D"]: 1.0, parts["N"]: -1.0, parts["R"]: -1.0}, 0.0))
        if row["status"] == "c" or (row["status"] == "s" and ":" not in place[2]):
            # A code that is withheld for another's sake may follow: it breaks no rule itself.
            self.secret |= {parts[part] for part in ("N" if place[1] in REST_IS_TOLD else "NR") if part in parts}
        if row["status"] not in ("c", "s", "m"):
            for part, column in (("N", "numerator"), ("D", "denominator")):
                if part in parts:
                    self.equal.append(({parts[part]: 1.0}, float(row[column] or 0)))  # type: ignore[arg-type]

    def _areas(self) -> None:
        inside: dict[Key, list[int]] = defaultdict(list)
        for (area, indicator, breakdown, part), unknown in self.number.items():
            if indicator not in BY_SIZE:
                inside[parent_of(area), indicator, breakdown, part].append(unknown)
        for key, unknowns in inside.items():
            if key in self.number:
                self.equal.append(({self.number[key]: 1.0} | dict.fromkeys(unknowns, -1.0), 0.0))

    def _sexes(self) -> None:
        for (area, indicator, breakdown, part), unknown in self.number.items():
            if breakdown == "total" and self._same_rts([(area, indicator, b) for b in ("total", "L", "P")]):
                both = [self.number[area, indicator, sex, part] for sex in ("L", "P")]
                self.equal.append(({unknown: 1.0} | dict.fromkeys(both, -1.0), 0.0))

    def _definitions(self) -> None:
        for area, breakdown in {(area, breakdown) for area, _, breakdown in self.cells}:
            for terms in DEFINITIONS:
                if self._same_rts([(area, indicator, breakdown) for _, indicator, _ in terms]):
                    sums: dict[int, float] = defaultdict(float)
                    for factor, indicator, part in terms:
                        sums[self.number[area, indicator, breakdown, part]] += factor
                    self.equal.append((dict(sums), 0.0))
            for (less, part), (more, other), *times in AT_MOST:
                if self._same_rts([(area, less, breakdown), (area, more, breakdown)]):
                    lower = self.number[area, less, breakdown, part]
                    factor = -float(times[0]) if times else -1.0
                    self.at_most.append(({lower: 1.0, self.number[area, more, breakdown, other]: factor}, 0.0))

    def _splits(self) -> None:
        """Codes add up: to the total or their sex, both sexes of a code to the code, and to what other figures say."""
        codes: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for area, indicator, breakdown, part in self.number:
            dimension, _, code = breakdown.partition(":")
            if code and part == "N":
                codes[area, indicator, dimension].append(breakdown)
        for (area, indicator, dimension), split in codes.items():
            whole = (area, indicator, whole_of(dimension))
            if self._same_rts([whole, (area, indicator, split[0])]):
                self._adds_up((*whole, "N"), [(area, indicator, breakdown) for breakdown in split])
                for breakdown in split:
                    if (area, indicator, breakdown, "D") in self.number:
                        same = {self.number[area, indicator, breakdown, "D"]: 1.0, self.number[*whole, "D"]: -1.0}
                        self.equal.append((same, 0.0))
            if dimension == "umur":
                for breakdown in split:
                    code = breakdown.partition(":")[2]
                    sexes = [(area, indicator, f"umur_{sex}:{code}") for sex in "LP"]
                    self._adds_up((area, indicator, breakdown, "N"), sexes)
            if dimension == "anggota":
                self._sizes(area)
        for area in {area for area, _, _ in codes}:
            for (told, part, breakdown), (indicator, dimension), which in SUMS + SUMS_ANYWHERE:
                places = [(area, indicator, f"{dimension}:{code}") for code in which]
                anywhere = ((told, part, breakdown), (indicator, dimension), which) in SUMS_ANYWHERE
                whole = (area, told, breakdown)
                known = (*whole, part) in self.number and (*places[0], "N") in self.number
                if known and (anywhere or self._same_rts([whole, places[0]])):
                    self._adds_up((*whole, part), places)

    def _adds_up(self, whole: Key, parts: list[tuple[str, str, str]]) -> None:
        self.equal.append(({self.number[whole]: 1.0} | {self.number[*part, "N"]: -1.0 for part in parts}, 0.0))

    def _sizes(self, area: str) -> None:
        """The residents are those of the families by size; of the largest families so many at least and at most."""
        residents, split = (area, "jumlah_penduduk", "total"), (area, "jumlah_keluarga", "anggota:")
        if not self._same_rts([residents, (*split[:2], "anggota:1")]):
            return
        terms = {self.number[*residents, "N"]: 1.0}
        terms |= {self.number[*split[:2], f"anggota:{size}", "N"]: -1.0 * many for size, many in SIZES.items()}
        largest = self.number[*split[:2], "anggota:8+", "N"]
        # 8 n <= residents - those of the smaller families <= LARGEST n
        self.at_most.append(({unknown: -factor for unknown, factor in terms.items()} | {largest: 8.0}, 0.0))
        self.at_most.append((terms | {largest: -float(LARGEST)}, 0.0))

    def _same_rts(self, places: Iterable[tuple[str, str, str]]) -> bool:
        reported = [self.cells[place]["areas_reported"] if place in self.cells else 0 for place in places]
        return bool(reported[0]) and len(set(reported)) == 1

    def spare(self, about_nobody: set[tuple[str, str, str]]) -> None:
        """Leave out what is no secret of anybody's: that an area has nobody of an age or sex."""
        names = {unknown: key for key, unknown in self.number.items()}
        of_all = self._of_everybody()
        self.secret = {
            unknown
            for unknown in self.secret
            if names[unknown][:3] not in about_nobody
            and not any(
                names[unknown][0].startswith(area) and same == _split(*names[unknown][1:3]) for area, *same in of_all
            )
        }

    def _of_everybody(self) -> set[tuple[str, str, str]]:
        """(area, indicator, dimension) of distributions that show one known code for all: so has every part."""
        having: dict[tuple[str, str, str], list[object]] = defaultdict(list)
        for (area, indicator, breakdown), row in self.cells.items():
            code = breakdown.partition(":")[2]
            if code and code != UNKNOWN and row["areas_reported"] and row["numerator"] != 0:
                having[area, *_split(indicator, breakdown)].append(row["numerator"])
        return {split for split, numbers in having.items() if len(numbers) == 1 and numbers[0] is not None}

    def recovered(self) -> list[Key]:
        """The withheld parts that can have one value only, by name."""
        names = {unknown: key for key, unknown in self.number.items()}
        equal, values = _matrix(self.equal, len(names))
        at_most, limits = _matrix(self.at_most, len(names))
        signed = np.array([key[1] in SIGNED for key in names.values()])
        positive, loose = _not_forced(equal, values, at_most, limits, signed)
        ways = vstack([equal, at_most[~loose]]).tocsr()  # a step along these changes nothing that is known
        bounds = np.where(positive | signed, 1.0, 0.0)
        rng, stays = np.random.default_rng(len(names)), sorted(self.secret)
        while stays:
            direction = np.zeros(len(names))
            direction[stays] = rng.normal(size=len(stays))
            step = _solved(direction, ways, np.zeros(ways.shape[0]), np.column_stack([-bounds, bounds]))
            still = [unknown for unknown in stays if abs(step[unknown]) < MOVES]
            if len(still) == len(stays):  # no step of any of them lies along a random direction: none moves
                break
            stays = still
        return [names[unknown] for unknown in stays]


def _split(indicator: str, breakdown: str) -> list[str]:
    return [indicator, breakdown.partition(":")[0]]


def _parts(indicator: str, breakdown: str) -> str:
    """Which parts of a figure there are: a share has a rest, of which the other codes of a split are made."""
    if indicator in COUNTS | BY_SIZE:
        return "N"
    return "ND" if indicator in NO_SHARE | ONLY_SPLIT or ":" in breakdown else "NDR"


def _matrix(rows: list[tuple[dict[int, float], float]], unknowns: int) -> tuple[csr_matrix, np.ndarray]:
    cells = [(n, unknown, factor) for n, (terms, _) in enumerate(rows) for unknown, factor in terms.items()]
    row, column, factor = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((factor, (row, column)), shape=(len(rows), unknowns)), np.array([value for _, value in rows])


def _not_forced(
    equal: csr_matrix, values: np.ndarray, at_most: csr_matrix, limits: np.ndarray, signed: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which unknowns can be above zero and which limits need not be reached: all of these in one solution at once.

    Scaled up, such a solution has room of at least 1 everywhere that there is any (Freund, Roundy and Todd 1985,
    "Identifying the set of always-active constraints in a system of linear inequalities by a single linear program").
    """
    (known, many), limited = equal.shape, at_most.shape[0]
    same, room, room_below = diags((~signed).astype(float)), many + limited, csr_matrix((many, limited))
    scaled = hstack([equal, csr_matrix((known, room)), csr_matrix(-values.reshape(-1, 1))])
    above = hstack([-same, same, room_below, csr_matrix((many, 1))])
    below = hstack([at_most, room_below.T, identity(limited), csr_matrix(-limits.reshape(-1, 1))])
    most_room = np.concatenate([np.zeros(many), -np.ones(room), [0.0]])
    bounds = [(None if below_zero else 0, None) for below_zero in signed] + [(0, 1)] * room + [(1, None)]
    found = _solved(most_room, scaled, np.zeros(known), bounds, vstack([above, below]))
    return found[many : 2 * many] > 0.5, found[2 * many : -1] > 0.5


def _solved(
    direction: np.ndarray, equal: csr_matrix, values: np.ndarray, bounds: Bounds, at_most: csr_matrix | None = None
) -> np.ndarray:
    limits = None if at_most is None else np.zeros(at_most.shape[0])
    solved = linprog(direction, at_most, limits, equal, values, bounds, method="highs")
    assert solved.status == 0, f"what is published contradicts itself: {solved.message}"
    return solved.x
