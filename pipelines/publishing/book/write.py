"""Writes the book, its open data and its SDMX files into `reports/<period>/`, unless the release has them already."""

import hashlib
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.opening import connect_read_only
from pipelines.periods import parse_period
from pipelines.publishing.book.building import build
from pipelines.publishing.book.declared import tables
from pipelines.publishing.book.package import NAME, descriptor
from pipelines.publishing.book.reading import read_book
from pipelines.publishing.book.twins import twin_of
from pipelines.publishing.book.workbook import write_workbook
from pipelines.publishing.csvout import rows_text, sdmx_text, write_parquet
from pipelines.publishing.marks import Mark, Marks, mark_of, stands
from pipelines.publishing.query import Selection, selected
from pipelines.publishing.sdmx_names import named_in
from pipelines.publishing.stamps import digest_of_texts, made_by
from pipelines.replacing import remove_file, write_whole
from pipelines.settings import Office

DATA, SDMX, NOTE = "data", "sdmx", "rilis.txt"


def write_book(office: Office, period: str) -> list[Path]:
    """Write the products of a published period unless they are there already. Returns the files handed out."""
    folder = office.places.reports / period
    line = office.poverty_line.get(parse_period(period))
    note, stamp = folder / DATA / NOTE, _stamp(office.places.published, period, line)
    written, *noted = note.read_text(encoding="utf-8").splitlines() if note.exists() else [""]
    before = [folder / told.split(" ")[0] for told in noted]
    if written == stamp and all(file.exists() for file in before):
        return before
    remove_file(note)
    marks = {folder / name: Mark(*mark) for name, *mark in (told.split(" ") for told in noted) if mark}
    made = _tables(office.places.published, period, line, folder, marks)
    made |= _sdmx(office.places.published, period, folder, marks)
    for file in set(before) - set(made):
        remove_file(file)  # a table that this release no longer has
    names = [" ".join((file.relative_to(folder).as_posix(), *mark_of(file, of))) for file, of in made.items()]
    write_whole(note, ("\n".join((stamp, *names)) + "\n").encode())
    return list(made)


def _tables(store: Path, period: str, line: Decimal | None, folder: Path, marks: Marks) -> dict[Path, str]:
    """The book and its data package; of each file what it is made of, nothing where each release has its own."""
    book = read_book(store, period, tables(), line)
    filled = [build(book, table) for table in tables()]
    twins = [twin_of(book, built) for built in filled if built.available]
    (folder / DATA).mkdir(parents=True, exist_ok=True)
    workbook = folder / f"kelurahan-dalam-angka-{period}.xlsx"
    write_workbook(book, filled, workbook)
    data: dict[Path, str] = {}
    with duckdb.connect(config={"threads": "1", "temp_directory": ""}) as memory:
        for twin in twins:
            text, parquet = (folder / DATA / f"{twin.built.table.key}.{kind}" for kind in ("csv", "parquet"))
            of = digest_of_texts(made_by(), str(twin.fields), str(twin.rows))
            if not stands(text, of, marks):
                write_whole(text, rows_text(twin.names, twin.rows).encode())
            if not stands(parquet, of, marks):
                write_parquet(twin.relation(memory), parquet)
            data |= {text: of, parquet: of}
    package = folder / DATA / NAME
    write_whole(package, descriptor(book, twins, {file.name: file.read_bytes() for file in data}).encode())
    return {workbook: "", **data, package: ""}


def _sdmx(store: Path, period: str, folder: Path, marks: Marks) -> dict[Path, str]:
    """All public cells of the period as SDMX-CSV 2.0, and their structure, which no figure changes."""
    data, structure = (folder / SDMX / name for name in ("data.csv", "structure.json"))
    data.parent.mkdir(parents=True, exist_ok=True)
    with selected(store, Selection(period=period)) as cells:
        write_whole(data, sdmx_text(cells).encode())
    names = named_in(store, period)
    of = digest_of_texts(made_by(), period, str(names))
    if not stands(structure, of, marks):
        from pipelines.publishing.book.structure import structure_of  # pysdmx takes a third of a second to start

        write_whole(structure, structure_of(names, period).encode())
    return {data: "", structure: of}


def _stamp(store: Path, period: str, line: Decimal | None) -> str:
    """A name for all that the products say: the releases up to the period's own, its log, and the program's words."""
    with connect_read_only(store) as published:
        told = published.execute("SELECT period, release FROM releases WHERE period <= ? ORDER BY ALL", [period])
        said = str(told.fetchall())
        said += str(published.execute("FROM revisions WHERE period = ? ORDER BY number", [period]).fetchall())
    return hashlib.sha256(f"{made_by()}{said}{line}".encode()).hexdigest()
