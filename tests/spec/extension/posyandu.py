"""`posyandu`: children weighed, one row a child."""

import pandas as pd

from schemas import keys
from schemas.dataset import Dataset, column, rule
from schemas.kinds import Amount, YesNo
from schemas.meaning import Meaning


class Posyandu(Dataset, name="posyandu", title="Posyandu", order=8, grain="penduduk", identity="nik"):
    """What an RT knows of its children's weight."""

    nik = keys.nik()
    nama = keys.nama()
    rw = keys.rw()
    rt = keys.rt()
    berat_badan = column(
        "Berat Badan", Amount(), "Berat badan (kg).", ("BB",), required=True,
        means=Meaning("Berat Badan", "Berat badan anak saat ditimbang.", "KMS", "Berapa berat badannya?", unit="kg"),
    )  # fmt: skip
    ditimbang = column("Ditimbang", YesNo(), "Apakah ditimbang bulan ini.")

    @rule("HH01", at="berat_badan")
    def plausible_weight(cls, frame: pd.DataFrame) -> pd.Series:
        """Nobody weighs more than 200 kg."""
        return ~(frame["berat_badan"] > 200)
