"""Homes with something published, for the server to serve."""

import shutil
from pathlib import Path

import duckdb

from pipelines.settings import Places

NOW, BEFORE = "2025-Q3", "2025-Q2"
RELEASE_BEFORE = "2025-Q2-0a1b2c3d"


def only_published(home: Path, target: Path) -> Path:
    """A home that holds nothing but what is published: no warehouse, no inbox, no settings."""
    (target / "data" / "warehouse").mkdir(parents=True)
    shutil.copy(Places(home).published, Places(target).published)
    shutil.copytree(Places(home).releases, Places(target).releases)
    shutil.copytree(Places(home).reports, Places(target).reports)
    return target


def with_a_period_before(home: Path) -> Path:
    """The same home whose store also holds an earlier quarter, with a tenth more of everything."""
    with duckdb.connect(str(Places(home).published)) as store:
        for table in ("cells", "cells_public"):
            store.execute(
                f"INSERT INTO {table} SELECT * REPLACE ('{BEFORE}' AS period, '{RELEASE_BEFORE}' AS release, "
                "numerator * 1.1 AS numerator, value * 1.1 AS value) "
                f"FROM {table}"
            )
        store.execute(f"INSERT INTO releases VALUES ('{BEFORE}', '{RELEASE_BEFORE}', '', '')")
        store.execute(
            "INSERT INTO revisions SELECT * REPLACE (number + 1 AS number, $1 AS period, $2 AS release) FROM revisions",
            [BEFORE, RELEASE_BEFORE],
        )
    return home
