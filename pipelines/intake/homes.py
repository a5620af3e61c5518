"""Where families live, when one sheet of a workbook names their RT and another one their members.

The card number joins the two, and only where both have it as text: a number has lost its last digit, by which the
families of one office differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.areas import Address
from pipelines.intake.addresses import READ
from pipelines.intake.cells import FAULT, NUMBER, shown
from pipelines.intake.headings import Table
from pipelines.intake.parsing import Cleaned, Fault, is_blank, read_family_card
from pipelines.intake.texts import SheetText
from pipelines.intake.vocabulary import meaning
from schemas import datasets

KEY = "no_kk"
PLACES = ("rt", "rw", "dusun")
AS_NUMBERS = (
    "RT tidak tertulis di lembar ini, dan tidak dapat diambil dari lembar '{}': Nomor KK tersimpan sebagai angka "
    "sehingga angka terakhirnya rusak oleh Excel. Ubah format kolomnya menjadi Teks, lalu ketik ulang."
)


@dataclass
class Homes:
    """The address of each family by its card number, the sheet that says so, and why a sheet cannot say it."""

    addresses: dict[str, Address] = field(default_factory=dict)
    sheet: str = ""
    reason: str | None = None


def find_homes(tables: Iterable[tuple[SheetText, Table]]) -> Homes:
    """The homes that the sheets of a book name. A family with two addresses has none that could be known."""
    homes = Homes()
    unsure: set[str] = set()
    for sheet, table in tables:
        places = _places(table)
        if KEY not in places or "rt" not in places:
            continue
        homes.sheet = homes.sheet or sheet.name
        for row in range(table.first_row, sheet.height):
            text = sheet.columns[places[KEY]][row]
            card, address = card_of(text), _address(sheet, row, places)
            if text.startswith(NUMBER) and len(text) > len(NUMBER) + 15:
                homes.reason = AS_NUMBERS.format(sheet.name)
            if card and address.rt and homes.addresses.setdefault(card, address) != address:
                unsure.add(card)
    for card in unsure:
        del homes.addresses[card]
    return homes


def key_of(table: Table) -> int | None:
    """The column of card numbers, also in a sheet whose dataset has none."""
    return _places(table).get(KEY)


def names_homes(table: Table) -> bool:
    """Whether a sheet names the RT of families, and so is read although it has no data of its own."""
    return _places(table).keys() >= {KEY, "rt"}


def card_of(text: str) -> str | None:
    """The card number of a cell, None where it holds none."""
    if text.startswith(NUMBER):
        return None
    read = read_family_card(text)
    return None if isinstance(read, Fault) else read.value if isinstance(read, Cleaned) else read


def _places(table: Table) -> dict[str, int]:
    """The first column that names the key, and the first that names each part of an address, in any dataset's words."""
    found: dict[str, int] = {}
    for place, ways in enumerate(table.reading.texts):
        for dataset in datasets():
            named = meaning(dataset, ways, table.reading.layout)
            if named and named[0] in (KEY, *PLACES):
                found.setdefault(named[0], place)
    return found


def _address(sheet: SheetText, row: int, places: dict[str, int]) -> Address:
    address = Address()
    for part in PLACES:
        text = sheet.columns[places[part]][row] if part in places else ""
        if not is_blank(text) and not text.startswith(FAULT):
            address = address.over(READ[part](shown(text)) or Address())
    return address
