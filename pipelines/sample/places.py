"""Where the sample lies: Kecamatan Kandangan and its neighbours in Kabupaten Hulu Sungai Selatan.

Codes and names of provinsi, kabupaten, kecamatan and the four kelurahan: Kemendagri (Kepmendagri
300.2.2-2138/2025) and BPS (sig.bps.go.id; kelurahan: Master File Desa 2018). Every further desa is invented;
its code begins with 29.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.errors import OfficerError

PROVINSI = ("63", "Kalimantan Selatan", "63")
KABUPATEN = ("63.06", "Hulu Sungai Selatan", "6306", 1697.224)  # km2, Kemendagri 2025
KECAMATAN = {
    "63.06.05": ("Kandangan", "6306050"),
    "63.06.01": ("Sungai Raya", "6306060"),
    "63.06.02": ("Padang Batung", "6306010"),
    "63.06.03": ("Telaga Langsat", "6306030"),
    "63.06.04": ("Angkinang", "6306040"),
    "63.06.06": ("Simpur", "6306070"),
    "63.06.07": ("Daha Selatan", "6306090"),
    "63.06.08": ("Daha Utara", "6306100"),
    "63.06.09": ("Kalumpang", "6306080"),
    "63.06.10": ("Loksado", "6306020"),
    "63.06.11": ("Daha Barat", "6306091"),
}
KM2 = {"63.06.05": 106.71}
KM2_AN_RT = 0.11  # invented, as the people are; a town of 24 RT has then some 2,300 to the km2
RTS_A_RW = 4


@dataclass(frozen=True)
class Kelurahan:
    """A kelurahan or desa. Where `restarts`, RT numbers begin again in every RW, so they recur."""

    code: str
    name: str
    bps_code: str
    restarts: bool

    @property
    def kecamatan(self) -> str:
        """The code of its kecamatan."""
        return self.code[:8]

    @property
    def title(self) -> str:
        """As on letterheads: `Kelurahan Kandangan Utara`, `Desa Contoh 1`."""
        return self.name if self.name.startswith("Desa") else f"Kelurahan {self.name}"

    @property
    def office(self) -> str:
        """Whose office it is: `Lurah Kandangan Utara`, `Kepala Desa Contoh 1`."""
        return f"Kepala {self.name}" if self.name.startswith("Desa") else f"Lurah {self.name}"

    @property
    def region(self) -> str:
        """The six digits that begin the numbers issued here."""
        return self.kecamatan.replace(".", "")


REAL = (
    Kelurahan("63.06.05.1002", "Kandangan Utara", "6306050013", True),
    Kelurahan("63.06.05.1001", "Kandangan Kota", "6306050012", False),
    Kelurahan("63.06.05.1003", "Kandangan Barat", "6306050011", True),
    Kelurahan("63.06.05.1004", "Jambu Hilir", "6306050002", False),
)
INVENTED_A_KECAMATAN = 14  # before the next kecamatan begins; Hulu Sungai Selatan has 144 desa in 11 kecamatan
FIRST_INVENTED, LAST_INVENTED = 2901, 2999


@dataclass(frozen=True)
class Rt:
    """An RT of a kelurahan; `rw` and `rt` in three digits. The sample has no dusun."""

    kelurahan: Kelurahan
    rw: str
    rt: str
    dusun: str | None = None

    @property
    def code(self) -> str:
        """As in the area register: `63.06.05.1002-002-005`."""
        return f"{self.kelurahan.code}-{self.rw}-{self.rt}"

    @property
    def levels(self) -> tuple[str, ...]:
        """Its own code and those of every area above it up to the kabupaten."""
        above = self.kelurahan
        return self.code, f"{above.code}-{self.rw}", above.code, above.kecamatan, KABUPATEN[0]


def first_kelurahan(count: int) -> list[Kelurahan]:
    """The first so many kelurahan of the sample. Raises OfficerError when there are no codes left."""
    places = list(REAL)
    for number in range(max(0, count - len(REAL))):
        turn, at = divmod(number, INVENTED_A_KECAMATAN)
        lap, kecamatan = divmod(turn, len(KECAMATAN))
        code = FIRST_INVENTED + lap * INVENTED_A_KECAMATAN + at
        if code > LAST_INVENTED:
            raise OfficerError(f"Contoh paling banyak memuat {len(REAL) + number} kelurahan.")
        places.append(
            Kelurahan(f"{list(KECAMATAN)[kecamatan]}.{code}", f"Desa Contoh {number + 1}", "", number % 2 == 0)
        )
    return places[:count]


def rts_of(place: Kelurahan, count: int) -> list[Rt]:
    """So many RTs, about four in every RW."""
    rws = max(1, round(count / RTS_A_RW))
    rts: list[Rt] = []
    for rw in range(rws):
        size = count // rws + (rw < count % rws)
        first = 1 if place.restarts else len(rts) + 1
        rts += [Rt(place, f"{rw + 1:03}", f"{first + number:03}") for number in range(size)]
    return rts


def register(places: list[Kelurahan], rts: int) -> Iterator[tuple[str, ...]]:
    """The rows of the area register: code, level, name, parent, bps_code, rw, rt, dusun, km2."""
    yield *_row(*PROVINSI[:1], "provinsi", PROVINSI[1], "", PROVINSI[2]), ""
    yield *_row(KABUPATEN[0], "kabupaten", KABUPATEN[1], PROVINSI[0], KABUPATEN[2]), str(KABUPATEN[3])
    for code in dict.fromkeys(place.kecamatan for place in places):
        name, bps_code = KECAMATAN[code]
        yield *_row(code, "kecamatan", name, KABUPATEN[0], bps_code), str(KM2.get(code, ""))
    for place in places:
        yield *_row(place.code, "kelurahan", place.name, place.kecamatan, place.bps_code), f"{rts * KM2_AN_RT:.2f}"
        seen: set[str] = set()
        for rt in rts_of(place, rts):
            above = f"{place.code}-{rt.rw}"
            if rt.rw not in seen:
                seen.add(rt.rw)
                yield *_row(above, "rw", f"RW {rt.rw}", place.code, rw=rt.rw), ""
            yield *_row(rt.code, "rt", f"RT {rt.rt} RW {rt.rw}", above, rw=rt.rw, rt=rt.rt), ""


def _row(
    code: str, level: str, name: str, parent: str, bps_code: str = "", *, rw: str = "", rt: str = ""
) -> tuple[str, ...]:
    return code, level, name, parent, bps_code, rw, rt, ""
