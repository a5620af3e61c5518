"""How fast the pipeline is beside only reading the files, the least its libraries can do, and a colleague's script.

Run on demand, a few minutes: `uv run python -m tests.benchmarks.pipeline` (`--books 60` for a first look). It makes
template workbooks of about 150 persons and four sheets, one an RT, in a temporary folder; every measurement runs in
a fresh process, so that its CPU seconds (user and system, children counted) and its peak memory are its own.
Compare the ratios: seconds depend on the machine and on what else it does.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.sample import make_sample, styles
from tests.benchmarks.measures import books

RTS, PERSONS = 24, 150
PROJECT = Path(__file__).resolve().parents[2]


def measure(name: str, home: Path) -> dict[str, float]:
    """One measure in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.measures", name, str(home)]
    # An office's Python keeps what it compiled; where a shell forbids that, each run would compile pandas anew.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def make_home(home: Path, many: int, mistakes: float = 1.0) -> Path:
    """A home whose inbox holds `many` RT workbooks made from the template, and nothing else."""
    styles.HABITS = (styles.TEMPLATE,)
    make_sample(home, rts=RTS, persons_per_rt=PERSONS, kelurahan=-(-many // RTS), mistakes=mistakes)
    for path in (home / "data" / "raw").rglob("*"):
        if path.is_file() and not path.name.startswith("RT "):
            path.unlink()
    for path in books(home)[many:]:
        path.unlink()
    return home


def part_of(home: Path, many: int) -> Path:
    """A home with every n-th workbook of another, so that all kelurahan are as thinly reported."""
    part = home.parent / f"part{many}"
    shutil.copytree(home / "data", part / "data", ignore=shutil.ignore_patterns("raw", "warehouse"))
    every = books(home)
    for path in every[:: len(every) // many][:many]:
        target = part / path.relative_to(home)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return part


def change(home: Path, share: float) -> int:
    """Send a share of the workbooks again with one cell more, as officers do. Returns how many."""
    import openpyxl

    every = books(home)
    changed = every[:: round(1 / share)][: max(1, round(len(every) * share))]
    for path in changed:
        workbook = openpyxl.load_workbook(path)
        sheet = workbook.worksheets[0]
        sheet.cell(sheet.max_row, sheet.max_column + 2, "diperbarui")
        workbook.save(path)
    return len(changed)


def main() -> None:
    """Measure everything and print one table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--books", type=int, default=600, help="workbooks, 150 persons each")
    arguments.add_argument("--by-hand", type=int, default=20, help="of them, those that the colleague's script reads")
    options = arguments.parse_args()
    many = options.books
    table = Table(
        "what", "CPU s", "peak MB", "beside", title=f"{many} workbooks of {PERSONS} persons, four sheets each"
    )

    def line(what: str, found: dict[str, float], beside: str = "", scale: float = 1) -> None:
        table.add_row(what, f"{found['cpu'] * scale:.2f}", f"{found['peak']:.0f}", beside)

    def until_measured(what: str, found: dict[str, float]) -> None:
        spent = found["cpu"] - found["publishing"]
        table.add_row(
            what, f"{spent:.2f}", "", f"{spent / read['cpu']:.1f} x reading; of it indicators {found['measuring']:.2f}"
        )

    with tempfile.TemporaryDirectory(prefix="cantik-benchmark-") as folder:
        home = make_home(Path(folder) / "all", many)
        parts = {n: part_of(home, n) for n in (many // 4, many // 2)}
        colleague = part_of(home, min(options.by_hand, many))
        measure("whole", part_of(home, 1))  # the first run of all compiles the libraries, once in an office's life
        first = measure("reading", home)
        bare = measure("bare", home)
        whole = measure("whole", home)
        again = measure("reading", home)  # read before and after, because other programs come and go
        read = {key: (first[key] + again[key]) / 2 for key in first}
        line("only reading (calamine)", read, f"{read['cells'] / read['cpu'] / 1e6:.1f} M cells a CPU second")
        line("the least: text in frames, checked, in DuckDB", bare, f"{bare['cpu'] / read['cpu']:.1f} x reading")
        line("whole pipeline", whole, f"{whole['cpu'] / read['cpu']:.1f} x reading (target 3)")
        until_measured("of it, until measured", whole)
        line("unchanged again", found := measure("whole", home), f"{found['cpu'] / whole['cpu']:.2f} of the whole run")
        changed = change(home, 0.01)
        found = measure("whole", home)
        line(f"{changed} workbooks changed", found, f"{found['cpu'] / whole['cpu']:.2f} of the whole run (target 0.1)")
        until_measured("of it, until measured", found)
        for size, part in parts.items():
            found = measure("whole", part)
            line(f"whole pipeline, {size} workbooks", found, f"{found['peak'] / whole['peak']:.2f} of the memory")
        found, size = measure("by_hand", colleague), len(books(colleague))
        times = found["cpu"] * many / size / whole["cpu"]
        line(f"by hand, scaled from {size} workbooks", found, f"{times:.0f} x the whole pipeline", many / size)
        flawless = make_home(Path(folder) / "flawless", many, mistakes=0.0)
        read = measure("reading", flawless)
        found = measure("marking", flawless)
        if found["returned"]:
            sys.exit("a workbook without faults was handed back")
        times = f"{found['cpu'] / read['cpu']:.1f} x reading; of it handing back {found['handing_back']:.2f}"
        line("whole pipeline, marking on, no faults", found, times)
        table.add_row("of the whole: publishing", f"{whole['publishing']:.2f}", "", "what is withheld; every product")
    Console().print(table)


if __name__ == "__main__":
    main()
