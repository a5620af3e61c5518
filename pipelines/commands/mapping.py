"""The offer that `cantik check` makes for headings it does not know, and the question that confirms it."""

import sys
from pathlib import Path

from pipelines.errors import OfficerError
from pipelines.intake.layouts import Layouts
from pipelines.intake.newlayout import layout_text, new_layout_path, to_map
from pipelines.intake.offers import Offer
from pipelines.intake.vocabulary import vocabulary
from pipelines.intake.words import plain
from pipelines.replacing import write_whole
from pipelines.screen import say, somebody_answers

SHOWN, LONGEST, MET = 30, 60, 3  # headings of a kind that are listed, letters of each, and values named of one


def described(offer: Offer) -> list[str]:
    """The lines of one sheet: its layout where that is known, and its headings where some are not."""
    lines = [f"  Sheet '{offer.sheet}' dikenal sebagai {offer.name}."] if offer.name else []
    if not offer.refused or not offer.unknown:
        return lines
    known = [f"'{_one_line(heading)}' = {label}" for heading, label in offer.known]
    unknown = [_guessed(offer, heading, column) for heading, column in offer.unknown]
    lines.append(f"  Judul kolom di sheet '{offer.sheet}':")
    lines.append(f"    dikenal: {_listed(known)}")
    lines.append(f"    tidak dikenal: {_listed(unknown)}")
    return lines


def unread(heading: str, sheet: str, offers: list[Offer]) -> str:
    """One unknown column of a sheet that was read, with the heading it may have been meant for."""
    guess = next((_near(o, h, c) for o in offers if o.sheet == sheet for h, c in o.unknown if h == heading and c), "")
    return f"  Kolom '{_one_line(heading)}' di sheet '{sheet}' tidak dikenal dan tidak dibaca{guess}."


def advice(offers: list[Offer], file: str) -> list[str]:
    """How to save what unknown headings seem to mean, where any seems to mean something."""
    if not any(column for offer in offers for _, column in offer.unknown):
        return []
    return [f'  Bila tebakan itu benar, simpan dengan: cantik check "{file}" --simpan-tata-letak NAMA']


def _near(offer: Offer, heading: str, column: str) -> str:
    said = offer.says.get(heading, ())
    contents = f"berisi {', '.join(said[:MET])}{', ...' if len(said) > MET else ''}; " if said else ""
    return f" ({contents}mungkin maksudnya {offer.label(column)})"


def _guessed(offer: Offer, heading: str, column: str | None) -> str:
    return f"'{_one_line(heading)}'" + (_near(offer, heading, column) if column else "")


def _one_line(heading: str) -> str:
    words = " ".join(heading.split())
    return words if len(words) <= LONGEST else words[:LONGEST] + "..."


def _listed(words: list[str]) -> str:
    more = f", dan {len(words) - SHOWN} lagi" if len(words) > SHOWN else ""
    return (", ".join(words[:SHOWN]) + more) or "tidak ada"


def save(folder: Path, name: str, offers: list[Offer], layouts: Layouts) -> None:
    """Write the mapping of the sheet that wants one; on a terminal each heading is asked for first."""
    path = new_layout_path(folder, name, layouts)
    offer = to_map(offers)
    chosen = _asked(offer) if somebody_answers() else dict(offer.unknown)
    for heading, column in chosen.items():
        say(f"  '{_one_line(heading)}' = {offer.label(column) if column else 'tidak dibaca'}")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, layout_text(name, offer, chosen).encode("utf-8"))
    say(f"Tata letak disimpan: {path}. Periksa isinya; hapus berkas itu bila ternyata salah.")


def _asked(offer: Offer) -> dict[str, str | None]:
    """Each unknown heading with the column that the officer chooses."""
    say(f"Artikan judul kolom di sheet '{offer.sheet}'. Enter = terima tebakan; - = tidak dibaca; atau ketik namanya.")
    return {heading: _answer(offer, heading, guess) for heading, guess in offer.unknown}


def _answer(offer: Offer, heading: str, guess: str | None) -> str | None:
    words = vocabulary()[offer.dataset]
    while True:
        print(
            f"  '{_one_line(heading)}' [{offer.label(guess) if guess else '-'}]: ", end="", file=sys.stderr, flush=True
        )
        line = sys.stdin.readline()
        if not line:
            raise OfficerError("Pertanyaan tidak dijawab sampai selesai. Tidak ada yang disimpan.")
        answer = line.strip()
        if not answer:
            return guess
        if answer == "-":
            return None
        if plain(answer) in words:
            return words[plain(answer)][0]
        columns = dict.fromkeys(offer.label(column) for column, _ in words.values())
        say(f"  '{answer}' bukan nama kolom. Pilih salah satu: {', '.join(columns)}")
