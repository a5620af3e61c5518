"""Indicators of a province: four million persons of 20,000 RT in some 830 kelurahan, from the warehouse.

Run on demand: `uv run python -m tests.benchmarks.province` (`--share 0.01` for a first look, `--keep DIR` to make the
warehouse once and measure it again). The tables are drawn by DuckDB, never through Excel; every measurement runs in a
fresh process, so that its CPU seconds and its peak memory are its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.periods import parse_period
from pipelines.settings import Office, Places, load_office
from tests.benchmarks.province_tables import write_province

PROJECT = Path(__file__).resolve().parents[2]
PERIOD = parse_period("2025-Q3")
RTS = 20_000
CONFIG = '[kelurahan]\ncode = "63.01.01.1001"\nname = "Uji"\n[poverty_line]\n"2025-Q3" = 598545\n'
Found = dict[str, float]


def indicators(office: Office) -> Found:
    """Stage 1 and 2 of the whole province, stored as `cantik run` does."""
    from pipelines.indicators.run import measure_changed

    assert measure_changed(office) == [PERIOD]
    return {}


def public(office: Office) -> Found:
    """What the public may see of all places at once."""
    from pipelines.disclosure.withheld import withheld
    from pipelines.opening import connect_read_only

    with connect_read_only(office.places.warehouse) as warehouse:
        return {"cells withheld": len(withheld(warehouse, [str(PERIOD)]))}


def public_of_one(office: Office) -> Found:
    """The same of one kelurahan, as its own office would have it."""
    from pipelines.disclosure.withheld import withheld
    from pipelines.warehouse.store import connect

    with connect(None) as alone:
        alone.execute(f"ATTACH '{office.places.warehouse}' AS province (READ_ONLY)")
        alone.execute(f"INSERT INTO cells FROM province.cells WHERE starts_with(area, '{office.kelurahan}')")
        before = time.process_time()
        found = {"cells withheld": len(withheld(alone, [str(PERIOD)]))}
        return found | {"of it": time.process_time() - before}


MEASURES: dict[str, Callable[[Office], Found]] = {
    "indicators": indicators,
    "public": public,
    "public_of_one": public_of_one,
}


def run_one(name: str, home: Path) -> None:
    """One measure in this process; prints what it took as a JSON object."""
    office = load_office(Places(home))
    started, spent = time.perf_counter(), time.process_time()
    found = MEASURES[name](office)
    wall, cpu = time.perf_counter() - started, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(json.dumps(found | {"wall": wall, "cpu": cpu, "peak": peak}))


def in_a_process(name: str, home: Path) -> Found:
    """One measure in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.province", "--measure", name, "--keep", str(home)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Make the province unless it is there, measure, and print one table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--share", type=float, default=1.0, help="of the 20,000 RT")
    arguments.add_argument("--keep", type=Path, help="a folder for the warehouse, made once")
    arguments.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.measure:
        run_one(options.measure, options.keep)
        return
    with tempfile.TemporaryDirectory(prefix="cantik-province-") as folder:
        home = options.keep or Path(folder)
        places = Places(home)
        if not places.warehouse.exists():
            places.store.mkdir(parents=True)
            places.config.write_text(CONFIG, encoding="utf-8")
            write_province(places.warehouse, PERIOD, max(24, int(RTS * options.share)))
        table = Table("what", "wall s", "CPU s", "peak MB", "", title="One province on this machine")
        for name in MEASURES:
            found = in_a_process(name, home)
            rest = ", ".join(
                f"{what} {value:,.3g}" for what, value in found.items() if what not in ("wall", "cpu", "peak")
            )
            table.add_row(name, f"{found['wall']:.1f}", f"{found['cpu']:.1f}", f"{found['peak']:.0f}", rest)
        Console().print(table)


if __name__ == "__main__":
    main()
