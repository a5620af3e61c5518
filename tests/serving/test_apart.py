"""The server has no path to the warehouse: not in its imports, not in its connection, not in what it needs to run."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.serving.served import confined
from pipelines.settings import Places

# Runs in a process of its own: asks for everything there is, then says what was imported and answered.
ASK_ALL = """
import json, sys
from pathlib import Path
from tests.serving.running import serving
with serving(Path(sys.argv[1])) as client:
    urls = ["/", "/tabel", "/tabel.xlsx", "/tabel.csv", "/indikator/amh", "/cara-mengambil", "/health", "/openapi.json",
            "/api/indicators", "/api/areas", "/api/releases", "/api/breakdowns"]
    urls += [f"/api/cells?format={form}" for form in ("json", "csv", "xlsx", "parquet", "sdmx-csv")]
    print(json.dumps([{url: client.get(url).status_code for url in urls}, sorted(sys.modules)]))
"""


def test_a_home_with_nothing_but_what_is_published_serves_everything(public_home: Path) -> None:
    assert sorted(path.name for path in Places(public_home).store.iterdir()) == ["published.duckdb", "releases"]
    run = subprocess.run([sys.executable, "-c", ASK_ALL, str(public_home)], capture_output=True, text=True, check=True)
    answers, modules = json.loads(run.stdout)
    assert {url: code for url, code in answers.items() if code != 200} == {}
    rooms = ("pipelines.warehouse", "pipelines.intake", "pipelines.flows", "pipelines.explaining", "prefect")
    assert [module for module in modules if module.startswith(rooms)] == []
    assert sorted(path.name for path in Places(public_home).store.iterdir()) == ["published.duckdb", "releases"]


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH '{warehouse}' AS gudang (READ_ONLY)",
        "SELECT * FROM read_text('{home}/data/cantik.toml')",
        "SELECT * FROM read_csv('{home}/data/areas.csv')",
        "SELECT * FROM glob('{home}/data/**')",
        "COPY cells_public TO '{home}/keluar.csv'",
        "CREATE TABLE baru AS SELECT 1",
        "DELETE FROM cells_public",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ],
)
def test_its_connection_reaches_no_other_file_and_writes_none(office: Path, query: str) -> None:
    places = Places(office)
    assert places.warehouse.exists()
    with confined(places.published, places.releases) as store:
        assert store.execute("SELECT count(*) > 0 FROM cells_public").fetchone() == (True,)
        with pytest.raises(duckdb.Error):
            store.execute(query.format(warehouse=places.warehouse.as_posix(), home=office.as_posix()))
