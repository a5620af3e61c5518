"""The dwelling of a family, better where the family spends more.

Calibrated on Hulu Sungai Selatan 2021: improved sanitation 83.69 %, improved drinking water 72.32 % (BPS);
houses of wood and corrugated iron beside houses of brick, the river Amandit as a source of water.
"""

from random import Random

from pipelines.sample.draws import Weighted, entry, odds, table
from pipelines.sample.people import Dwelling
from schemas.codelists import Entry

IMPROVED_WATER, WATER_SLOPE = (
    0.72,
    0.30,
)  # share in the middle; difference between the richest and the poorest
IMPROVED_SANITATION, SANITATION_SLOPE = 0.84, 0.26
BOTTLED, SAME_WATER = 0.16, 0.85  # drink bottled or refilled water; else drink what they wash with
NO_TOILET = entry("fasilitas_bab", "Tidak ada fasilitas")
ODDS: dict[str, dict[str, Weighted[Entry]]] = {
    codes: {group: odds(codes, weights) for group, weights in groups.items()}
    for codes, groups in table("dwelling").items()
}


def draw_dwelling(rng: Random, rank: float, size: int) -> Dwelling:
    """The dwelling of a family of `size`; `rank` is its place among all families by spending, 0 to 1."""
    taste = "fine" if rng.random() < rank else "plain"
    drinking, washing = _water(rng, rng.random() < IMPROVED_WATER + WATER_SLOPE * (rank - 0.5))
    improved = rng.random() < IMPROVED_SANITATION + SANITATION_SLOPE * (rank - 0.5)
    toilet, pan, outlet = _sanitation(rng, _group(improved))
    floor = max(9, min(260, rng.gauss(38 + 26 * rank + 4 * size, 16)))
    return Dwelling(
        status_rumah=ODDS["status_rumah"]["any"].draw(rng),
        luas_lantai=round(floor),
        jenis_lantai=ODDS["jenis_lantai"][taste].draw(rng),
        jenis_dinding=ODDS["jenis_dinding"][taste].draw(rng),
        jenis_atap=ODDS["jenis_atap"][taste].draw(rng),
        sumber_air_minum=drinking,
        sumber_air_mandi=washing,
        fasilitas_bab=toilet,
        jenis_kloset=pan,
        pembuangan_tinja=outlet,
        sumber_penerangan=ODDS["sumber_penerangan"]["any"].draw(rng),
        bahan_bakar_masak=ODDS["bahan_bakar_masak"]["any"].draw(rng),
    )


def _group(improved: bool) -> str:
    return "improved" if improved else "unimproved"


def _water(rng: Random, improved: bool) -> tuple[Entry, Entry]:
    """Drinking and washing water; bottled water is improved only beside improved washing water (BPS 2019)."""
    sources = ODDS["sumber_air"]
    washing = sources[_group(improved)].draw(rng)
    if rng.random() < BOTTLED:
        return sources["bottled"].draw(rng), washing
    drinking = washing if rng.random() < SAME_WATER else sources[_group(improved)].draw(rng)
    return drinking, washing


def _sanitation(rng: Random, group: str) -> tuple[Entry, Entry | None, Entry | None]:
    """Toilet, kind of pan and outlet; the last two are not asked of who has no toilet."""
    toilet = ODDS["fasilitas_bab"][group].draw(rng)
    if toilet is NO_TOILET:
        return toilet, None, None
    return toilet, ODDS["jenis_kloset"][group].draw(rng), ODDS["pembuangan_tinja"][group].draw(rng)
