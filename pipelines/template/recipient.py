"""The RTs that get a workbook: their codes, how a title and a file name say them."""

from dataclasses import dataclass

from pipelines.areas import RT_CODE, ancestor
from pipelines.errors import OfficerError
from pipelines.periods import Period
from pipelines.settings import Office


@dataclass(frozen=True)
class Recipient:
    """One RT. `kelurahan` is the title of its kelurahan or desa, never written above a table, for a name such as
    Dusun Besar would be read as a dusun."""

    area: str
    kelurahan: str

    @property
    def address(self) -> str:
        """What the line above a table says, in the words that intake reads."""
        return "   ".join(f"{word} : {number}" for word, number in self._parts())

    @property
    def name(self) -> str:
        """As a sentence says it; a dusun stands first, for what follows its name would be read as a part of it."""
        return " ".join(f"{word} {number}" for word, number in self._parts())

    def file_name(self, period: Period) -> str:
        """The name of the RT's workbook; letters, digits and signs that every file system takes."""
        return f"{self.name} - {period}.xlsx"

    def _parts(self) -> list[tuple[str, str]]:
        found = RT_CODE.fullmatch(self.area)
        assert found, "only codes of RTs are recipients"
        _, dusun, rw, rt = found.groups()
        parts = [("Dusun", dusun), ("RT", rt), ("RW", "" if rw == "000" else rw)]
        return [(word, number) for word, number in parts if number]


def recipients(office: Office, known: set[str], only: str | None, period: Period) -> list[Recipient]:
    """The RTs that the register has in the period, else those that the warehouse knows; `only` limits them to one.

    Raises OfficerError where there is no RT, or not this one. Without a register any well-formed code is an RT:
    one that has never reported needs a blank workbook most.
    """
    expected = office.register.expected(period, known)
    if only is None:
        if not expected:
            raise OfficerError(
                "Belum ada daftar RT. Isi data/areas.csv, atau sebutkan satu RT: --rt 63.06.05.1002-002-005"
            )
        codes = sorted(expected)
    else:
        codes = [_chosen(office, expected, only.strip())]
    return [Recipient(code, _kelurahan(office, ancestor(code, "kelurahan"))) for code in codes]


def _chosen(office: Office, expected: set[str], written: str) -> str:
    for code in (written.upper(), f"{office.kelurahan}-{written.upper()}"):
        if code in expected or (not office.register.rts() and RT_CODE.fullmatch(code)):
            return code
    raise OfficerError(f"RT '{written}' tidak dikenal. Tulis kode lengkapnya, misalnya 63.06.05.1002-002-005.")


def _kelurahan(office: Office, code: str) -> str:
    """The name after its kind; a desa's code has a 2 where a kelurahan's has a 1."""
    name = office.area_name(code, "kelurahan")
    kind = "Desa" if code[9:10] == "2" else "Kelurahan"
    return name if name.lower().startswith(("desa ", "kelurahan ")) else f"{kind} {name}"
