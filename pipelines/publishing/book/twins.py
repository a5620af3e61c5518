"""The tables as open data: the same rows with codes beside labels, every figure unrounded with its status beside it."""

from dataclasses import dataclass

import pandas as pd
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from pipelines.publishing.book.building import Built, Line
from pipelines.publishing.book.declared import AREAS, INDICATORS, PERIODS
from pipelines.publishing.book.reading import Book
from pipelines.publishing.tiers import NUMBERLESS
from pipelines.publishing.workbook_notes import FLAGS

TEXT, WHOLE, NUMBER = "VARCHAR", "BIGINT", "DOUBLE"
ABSENT = "na"  # the release has no such figure
STATUSES = {sign: FLAGS[sign] for sign in ("ok", "u", "z", "c", "s", "m")} | {
    ABSENT: "Tidak berlaku, atau belum ada pada rilis ini."
}


@dataclass(frozen=True)
class Field:
    """One field of a data file: its name, DuckDB type, words, and the unit of a figure."""

    name: str
    kind: str
    title: str
    description: str
    unit: str = ""
    key: bool = False
    statuses: bool = False


@dataclass(frozen=True)
class Twin:
    """A table's data: fields and rows, None where there is no number."""

    built: Built
    fields: tuple[Field, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]

    @property
    def names(self) -> list[str]:
        """The names of its fields."""
        return [field.name for field in self.fields]

    def relation(self, connection: DuckDBPyConnection) -> DuckDBPyRelation:
        """The rows as a table of DuckDB, typed as its fields are."""
        connection.register("told", pd.DataFrame(list(self.rows), columns=self.names, dtype=object))
        typed = ", ".join(f'"{field.name}"::{field.kind} AS "{field.name}"' for field in self.fields)
        return connection.sql(f"SELECT {typed} FROM told")


def twin_of(book: Book, built: Built) -> Twin:
    """The data of a filled table."""
    fields = [*KEYS, *_row_fields(built), *_figure_fields(built), *COVERAGE]
    rows = tuple(_row(book, built, line) for line in built.lines)
    return Twin(built, tuple(fields), rows)


KEYS = (
    Field("periode", TEXT, "Periode", "Triwulan; tanggal acuannya hari terakhir triwulan itu.", key=True),
    Field("wilayah", TEXT, "Kode wilayah", "Kode Kemendagri; RW dan RT dengan akhiran -RW-RT.", key=True),
    Field("nama_wilayah", TEXT, "Nama wilayah", "Nama wilayah."),
    Field("tingkat", TEXT, "Tingkat wilayah", "rt, rw, kelurahan, kecamatan, kabupaten, atau provinsi."),
)
COVERAGE = (
    Field("rt_masuk", WHOLE, "RT masuk", "RT yang datanya masuk, dari angka yang paling lengkap pada baris itu.", "RT"),
    Field("rt_seharusnya", WHOLE, "RT seharusnya", "RT yang seharusnya melapor.", "RT"),
)


def _row_fields(built: Built) -> list[Field]:
    """What names a row within its area and period."""
    table = built.table
    if table.rows == INDICATORS:
        return [
            Field("indikator", TEXT, "Kode indikator", "Kode indikator; artinya ada pada MS-Ind.", key=True),
            Field("nama_indikator", TEXT, "Nama indikator", "Nama indikator."),
            Field("satuan", TEXT, "Satuan", "Satuan angka pada baris itu."),
        ]
    if table.rows in (AREAS, PERIODS):
        return []
    return [
        Field(f"kode_{table.rows}", TEXT, f"Kode {table.row.lower()}", "Kode rincian; total: seluruhnya.", key=True),
        Field(f"nama_{table.rows}", TEXT, table.row, "Nama rincian."),
    ]


def _figure_fields(built: Built) -> list[Field]:
    """Each figure with its status beside it."""
    fields = []
    for number, heading in enumerate(built.headings):
        entries = {line.values[number].entry.code: line.values[number].entry for line in built.lines}
        units = {entry.unit for entry in entries.values()}
        one = next(iter(entries.values())) if len(entries) == 1 else None
        told = one.definition if one else "Nilai indikator pada baris itu."
        unit = units.pop() if len(units) == 1 else ""
        fields += [
            Field(heading.name, NUMBER, heading.title, told, unit),
            Field(f"{heading.name}_tanda", TEXT, f"Tanda: {heading.title}", "Keadaan angka itu.", statuses=True),
        ]
    return fields


def _row(book: Book, built: Built, line: Line) -> tuple[str | int | float | None, ...]:
    period, place = line.period or book.publication.period, line.place
    told: list[str | int | float | None] = [str(period), place.code, place.name, place.level]
    if built.table.rows == INDICATORS:
        told += [line.code, line.values[0].entry.name, line.values[0].entry.unit]
    elif built.table.dimension:
        told += [line.code, line.label]
    for value in line.values:
        figure = value.figure
        number = None if figure is None or figure.status in NUMBERLESS else figure.value
        told += [number, ABSENT if figure is None else figure.status]
    return (*told, *line.coverage)
