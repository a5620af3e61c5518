"""What a village knows. Imports nothing of `pipelines`; a statistician can read all of it."""

import importlib
import pkgutil
from functools import cache

from schemas.dataset import Dataset


@cache
def datasets() -> dict[str, type[Dataset]]:
    """Every dataset by name, registers before recaps. A new file in `schemas/` with a Dataset is found here."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    found = sorted(Dataset.__subclasses__(), key=lambda d: (d.about().register is not None, d.about().order))
    return {dataset.about().name: dataset for dataset in found}
