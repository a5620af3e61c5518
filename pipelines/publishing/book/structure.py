"""The SDMX structure of what is published: concepts, code lists, data structure and dataflow, as SDMX-JSON 2.0."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import (
    Agency,
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Organisation,
    Role,
)
from pysdmx.model.dataflow import Group
from pysdmx.model.message import Header

from pipelines.inert import inert_json
from pipelines.periods import parse_period
from pipelines.publishing.sdmx import AGENCY, FLOW, VERSION, WHOLE, sdmx_id, sex_and_breakdown
from pipelines.publishing.sdmx_names import Named

CONCEPTS = "CS_CANTIK"
FREQUENCIES = {"Q": "Triwulanan"}
SEXES = {WHOLE: "Laki-laki dan perempuan", "M": "Laki-laki", "F": "Perempuan"}
LEVELS = {"rt": "RT", "rw": "RW", "kelurahan": "Desa/Kelurahan", "kecamatan": "Kecamatan",
          "kabupaten": "Kabupaten/Kota", "provinsi": "Provinsi"}  # fmt: skip
OBSERVED = {
    "A": "Angka biasa",
    "U": "Kurang andal",
    "M": "Tidak ada: penyebut nol",
    "L": "Belum dilaporkan",
    "Q": "Disembunyikan",
}
KEPT = {
    "F": "Boleh diterbitkan",
    "C": "Disembunyikan: rahasia statistik",
    "D": "Disembunyikan untuk melindungi angka lain",
    "N": "Untuk pemakaian di dalam, tidak diterbitkan",
}


OF_AREA = Group(id="WILAYAH", dimensions=["REF_AREA"])  # the area alone decides its level


class Part(NamedTuple):
    """One component: its name, what it is, its code list if it has one, and its role: D, M or A."""

    code: str
    name: str
    codes: str
    kind: DataType
    role: Role


PARTS = (
    Part("FREQ", "Frekuensi", "CL_FREQ", DataType.STRING, Role.DIMENSION),
    Part("REF_AREA", "Wilayah", "CL_WILAYAH_DAGRI", DataType.STRING, Role.DIMENSION),
    Part("INDICATOR", "Indikator", "CL_INDIKATOR", DataType.STRING, Role.DIMENSION),
    Part("SEX", "Jenis kelamin", "CL_SEX", DataType.STRING, Role.DIMENSION),
    Part("BREAKDOWN", "Rincian", "CL_RINCIAN", DataType.STRING, Role.DIMENSION),
    Part("TIME_PERIOD", "Periode", "", DataType.PERIOD, Role.DIMENSION),
    Part("OBS_VALUE", "Nilai", "", DataType.DOUBLE, Role.MEASURE),
    Part("UNIT_MEASURE", "Satuan", "", DataType.STRING, Role.ATTRIBUTE),
    Part("OBS_STATUS", "Keadaan angka", "CL_OBS_STATUS", DataType.STRING, Role.ATTRIBUTE),
    Part("CONF_STATUS", "Kerahasiaan", "CL_CONF_STATUS", DataType.STRING, Role.ATTRIBUTE),
    Part("NUM", "Pembilang", "", DataType.DOUBLE, Role.ATTRIBUTE),
    Part("DEN", "Penyebut", "", DataType.DOUBLE, Role.ATTRIBUTE),
    Part("HOUSEHOLDS", "Keluarga di balik angka", "", DataType.INTEGER, Role.ATTRIBUTE),
    Part("AREAS_REPORTED", "RT masuk", "", DataType.INTEGER, Role.ATTRIBUTE),
    Part("AREAS_EXPECTED", "RT seharusnya", "", DataType.INTEGER, Role.ATTRIBUTE),
    Part("AREA_LEVEL", "Tingkat wilayah", "CL_TINGKAT", DataType.STRING, Role.ATTRIBUTE),
    Part("RELEASE", "Rilis", "", DataType.STRING, Role.ATTRIBUTE),
)


def structure_of(named: Named, period: str) -> str:
    """The structure of a published period, with its own areas, indicators and breakdowns."""
    lists = list(_code_lists(named))
    concepts = ConceptScheme(
        id=CONCEPTS,
        name="Konsep angka Cantik",
        agency=AGENCY,
        version=VERSION,
        items=[Concept(id=part.code, name=part.name, dtype=part.kind) for part in PARTS],
    )
    by_id = {codes.id: codes for codes in lists}
    parts = Components([_component(part, by_id.get(part.codes)) for part in PARTS])
    structure = DataStructureDefinition(
        id=FLOW, name="Indikator kelurahan", agency=AGENCY, version=VERSION, components=parts, groups=[OF_AREA]
    )
    flow = Dataflow(id=FLOW, name="Indikator kelurahan", agency=Agency(AGENCY), version=VERSION, structure=structure)
    prepared = dt.datetime.combine(parse_period(period).reference_date, dt.time(12))
    header = Header(id=f"CANTIK_{sdmx_id(period)}", prepared=prepared, sender=Organisation(AGENCY))
    written = write_sdmx([*lists, concepts, structure, flow], Format.STRUCTURE_SDMX_JSON_2_0_0, header=header)
    assert written is not None
    return inert_json(written) + "\n"


def _component(part: Part, codes: Codelist | None) -> Component:
    return Component(
        id=part.code,
        required=part.role == Role.DIMENSION,
        role=part.role,
        concept=ItemReference(sdmx_type="Concept", agency=AGENCY, id=CONCEPTS, version=VERSION, item_id=part.code),
        local_dtype=None if codes else part.kind,
        local_codes=codes,
        local_enum_ref=f"urn:sdmx:org.sdmx.infomodel.codelist.{codes.short_urn}" if codes else None,
        attachment_level=_attached(part),
    )


def _attached(part: Part) -> str | None:
    if part.role != Role.ATTRIBUTE:
        return None
    return ",".join(OF_AREA.dimensions) if part.code == "AREA_LEVEL" else "O"


def _code_lists(named: Named) -> Iterator[Codelist]:
    yield _list("CL_FREQ", "Frekuensi", ((c, n, "") for c, n in FREQUENCIES.items()))
    areas = ((code, name, code) for code, name in named.areas)
    yield _list("CL_WILAYAH_DAGRI", "Wilayah menurut kode Kemendagri", areas)
    yield _list("CL_INDIKATOR", "Indikator", ((code, name, "") for code, name in named.indicators))
    yield _list("CL_SEX", "Jenis kelamin", ((c, n, "") for c, n in SEXES.items()))
    split = {sex_and_breakdown(b)[1]: (b, label) for b, label in sorted(named.splits, reverse=True)}
    rows = ((code, label, ours) for code, (ours, label) in sorted(split.items()))
    yield _list("CL_RINCIAN", "Rincian", [(WHOLE, "Seluruhnya", "total"), *rows])
    yield _list("CL_OBS_STATUS", "Keadaan angka", ((c, n, "") for c, n in OBSERVED.items()))
    yield _list("CL_CONF_STATUS", "Kerahasiaan", ((c, n, "") for c, n in KEPT.items()))
    yield _list("CL_TINGKAT", "Tingkat wilayah", ((c, n, "") for c, n in LEVELS.items()))


def _list(code: str, name: str, rows: Iterable[tuple[str, str, str]]) -> Codelist:
    """A code list; a code's description is the code as Cantik writes it everywhere else."""
    items = [Code(id=sdmx_id(one), name=said, description=ours or None) for one, said, ours in rows]
    assert len({item.id for item in items}) == len(items), f"{code}: two codes become one"
    return Codelist(id=code, name=name, agency=AGENCY, version=VERSION, items=items)
