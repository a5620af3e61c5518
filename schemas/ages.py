"""Completed years on a reference date ("umur pada ulang tahun terakhir", BPS)."""

import pandas as pd


def completed_years(born: pd.Series, reference: pd.Series) -> pd.Series:
    """Age in completed years; missing where the birth date is missing. 29 February counts from 1 March."""
    birthday_ahead = (born.dt.month * 100 + born.dt.day) > (reference.dt.month * 100 + reference.dt.day)
    return reference.dt.year - born.dt.year - birthday_ahead.astype("int64").where(born.notna())
