"""Lets these tests use the workbooks of `tests/intake`. This folder is no package: its name is the project's."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
