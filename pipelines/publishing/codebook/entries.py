"""One indicator as the catalogue prints it: labels and their texts, all from its declaration."""

from dataclasses import dataclass
from decimal import Decimal

from pipelines.capitals import capital
from pipelines.disclosure.policy import policy
from pipelines.indicators.catalogue import Indicator, catalogue
from pipelines.publishing.metadata.ms_ind import OWN_METHOD, built_of, made_of
from pipelines.publishing.numbers import number
from pipelines.publishing.protection import CLASSES, in_brief
from pipelines.publishing.workbook_definitions import METHODS, everyone_in_words, in_words, parts_in_words
from pipelines.publishing.workbook_publication import Entry

DIRECTIONS = {
    "naik": "Makin besar makin baik.",
    "turun": "Makin kecil makin baik.",
    "netral": "Tidak berarah: besar atau kecil tidak berarti baik atau buruk.",
}
SURVEYS = {  # of the subjects that have figures of the same name
    "pendidikan": "Susenas",
    "anak_tidak_sekolah": "Susenas",
    "kesejahteraan": "Susenas",
    "ketenagakerjaan": "Sakernas",
}
RECAP = "RT yang hanya mengirim rekap dihitung dari rekapnya."
WHOLE = "Hanya dibaca menurut rinciannya: jumlah semua rincian selalu 100 persen."


@dataclass(frozen=True)
class Formula:
    """A fraction with the number that it is multiplied by, else words; `read` is how it is read aloud."""

    fraction: bool
    times: str
    read: str


@dataclass(frozen=True)
class Described:
    """One entry: its number in the catalogue, name, code, formula, and (label, text) in the order of reading."""

    number: str
    name: str
    code: str
    formula: Formula
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def described(entry: Entry, place: str, subject: str, line: Decimal | None) -> Described:
    """An entry. `place` is its number; `line` the period's poverty line in rupiah, None where nobody gave it."""
    declared = catalogue()[entry.code]
    top, bottom = parts_in_words(entry)
    plain = entry.method not in METHODS
    before = [("Konsep", entry.concept), ("Definisi", entry.definition)]
    if plain and bottom is not None:
        before += [("Pembilang", capital(top)), ("Penyebut", capital(bottom))]
    elif plain:
        before += [("Yang dihitung", capital(top))]
    else:
        before += [("Yang diukur", capital(everyone_in_words(entry)))]
    after = [
        ("Satuan", f"{capital(entry.unit)} ({entry.measure.lower()})"),
        ("Rincian", _breakdowns(declared)),
        ("Sumber data", built_of(declared)),
        ("Cara membaca", f"{entry.interpretation} {DIRECTIONS[declared.direction]}"),
        ("Catatan", " ".join(_remarks(entry, declared, line))),
        ("Kepekaan", f"{declared.sensitivity}, {CLASSES[declared.sensitivity]}. {_shown(declared)}."),
        ("Angka BPS", _official(entry, subject)),
        ("Rujukan", entry.reference),
    ]
    return Described(
        place,
        entry.name,
        entry.code,
        _formula(entry, plain, bottom),
        tuple(before),
        tuple(pair for pair in after if pair[1]),
    )


def _breakdowns(declared: Indicator) -> str:
    """By what it is presented; the classes stand in a list of their own."""
    sexes = ["jenis kelamin"] if declared.by_sex else []
    told = ["wilayah", *sexes, *(one.label[0].lower() + one.label[1:] for one in declared.dimensions)]
    return capital("; ".join(told))


def _formula(entry: Entry, plain: bool, bottom: str | None) -> Formula:
    times = number(entry.scale) if entry.scale != 1 else ""
    read = f"pembilang dibagi penyebut{f', dikali {times}' if times else ''}"
    if plain and bottom is not None:
        return Formula(True, times, read)
    return Formula(False, "", "" if plain else in_words(entry))


def _remarks(entry: Entry, declared: Indicator, line: Decimal | None) -> list[str]:
    told = [WHOLE] if entry.whole else []
    told += [OWN_METHOD[entry.method]] if entry.method in OWN_METHOD else []
    told += [made_of(declared)] if declared.is_derived else []
    if declared.poverty_line:
        amount = "belum diisi kantor" if line is None else f"Rp{number(float(line))} per orang per bulan"
        told.append(f"Garis kemiskinan periode ini: {amount}.")
    return [*told, RECAP] if declared.recap else told


def _extremes(declared: Indicator) -> list[str]:
    """What is told of an area as a whole although its RTs show no figure of their own."""
    told = {"tidak ada satu pun": policy().none, "semuanya memenuhi": policy().all}
    said = [what for what, codes in told.items() if declared.code in codes]
    return [f"bahwa {what}, ditampilkan mulai tingkat kelurahan" for what in said]


def _shown(declared: Indicator) -> str:
    """When the public sees it. What is made of other figures is shown where all of these are."""
    if not declared.is_derived:
        return "; ".join([in_brief(declared.sensitivity), *_extremes(declared)])
    level = "" if declared.lowest == "rt" else f", mulai tingkat {declared.lowest}"
    return f"Ditampilkan di mana semua angka penyusunnya ditampilkan{level}"


def _official(entry: Entry, subject: str) -> str:
    if not entry.official:
        return "Angka registrasi kelurahan; angka sensus, proyeksi, atau instansi lain dapat berbeda."
    survey = f" dari {SURVEYS[subject]}" if subject in SURVEYS else ""
    return f"BPS menerbitkan angka sejenis{survey} untuk kabupaten/kota ke atas. Lihat Beda dengan angka BPS."
