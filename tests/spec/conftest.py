"""Runs the pipeline once over all examples, each a kelurahan of its own."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.indicators.run import measure_changed
from pipelines.publishing.query import Selection, selected
from pipelines.publishing.release import publish_cells
from pipelines.settings import Places, load_office
from pipelines.warehouse.ingest import Ingested, ingest
from tests.warehouse.office import NOW, nothing

from .examples import Example, load
from .home import write_home
from .village import area_of

Figures = dict[str, object]


@dataclass(frozen=True)
class Published:
    """What the pipeline made of the examples, as a liaison reads it."""

    places: Places
    taken: Ingested
    kelurahan: dict[str, str]
    cells: dict[tuple[str, str, str, str], Figures]

    def cell(self, example: Example, indicator: str, area: str, breakdown: str) -> Figures:
        """The cell of an example's area, which is named as the example names it."""
        code = area_of(self.kelurahan[example.name], area)
        return self.cells[example.period, code, indicator, breakdown]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Workbooks, warehouse and published store of all examples."""
    examples = load()
    home: Path = tmp_path_factory.mktemp("home")
    kelurahan = write_home(home, examples)
    office = load_office(Places(home))
    office.places.store.mkdir(parents=True)
    taken = ingest(office, None, NOW, nothing)
    measure_changed(office)
    publish_cells(office, NOW)
    cells: dict[tuple[str, str, str, str], Figures] = {}
    for period in {example.period for example in examples}:
        with selected(office.places.published, Selection(period=period, tier="liaison")) as found:
            frame = found.df()
        frame = frame.astype(object).where(frame.notna(), None)
        keys = zip(frame["period"], frame["area"], frame["indicator"], frame["breakdown"], strict=True)
        cells |= dict(zip(keys, frame.to_dict("records"), strict=True))
    return Published(office.places, taken, kelurahan, cells)
