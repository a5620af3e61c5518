"""The forms of BPS for statistical metadata (Peraturan BPS 5/2020), generated from the declarations in `schemas/`."""
