"""Drops workbooks into an inbox and runs the pipeline after each, in a process of its own."""

import datetime as dt
import sys
from pathlib import Path

from tests.warehouse.rows import person, write_people

from .office import NOW, whole_run

if __name__ == "__main__":
    home, many = Path(sys.argv[1]), int(sys.argv[2])
    for number in range(1, many + 1):
        write_people(home / f"data/raw/2025-Q3/susulan {number}.xlsx", person(number, f"Warga {number}", kk=number))
        whole_run(home, NOW + dt.timedelta(days=number))
