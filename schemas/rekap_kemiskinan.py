"""`rekap_kemiskinan`: the poverty and aid count sheet of an RT, one row an RT."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Whole


class RekapKemiskinan(
    Dataset, name="rekap_kemiskinan", title="Rekap Kemiskinan",
    order=6, grain="rt", identity="rt", register="kesejahteraan"
):  # fmt: skip
    """Counts of an RT, in families where nothing else is said; an empty cell is not collected, never zero."""

    dusun = keys.dusun()
    rw = keys.rw()
    rt = keys.rt()
    penerima_pkh = column(
        "Penerima PKH", Whole(), "Keluarga penerima PKH (keluarga).",
        ("Jumlah Penerima PKH", "Jml Penerima PKH", "Keluarga Penerima PKH"), required=True,
    )  # fmt: skip
    penerima_bpnt = column(
        "Penerima BPNT", Whole(), "Keluarga penerima BPNT/Sembako (keluarga).",
        ("Jumlah Penerima BPNT", "Penerima Sembako", "Keluarga Penerima BPNT"),
    )  # fmt: skip
    penerima_bst = column(
        "Penerima BST", Whole(), "Keluarga penerima BST (keluarga).",
        ("Jumlah Penerima BST", "Keluarga Penerima BST"),
    )  # fmt: skip
    penerima_blt = column(
        "Penerima BLT", Whole(), "Keluarga penerima BLT (keluarga).",
        ("Jumlah Penerima BLT", "Keluarga Penerima BLT"),
    )  # fmt: skip
    penerima_pbi_jk = column(
        "Penerima PBI-JK", Whole(), "Peserta PBI-JK (orang).",
        ("Jumlah Penerima PBI-JK", "Jumlah Peserta PBI-JK", "Penerima PBI JKN"),
    )  # fmt: skip
    keluarga_miskin = column(
        "Keluarga Miskin", Whole(), "Keluarga miskin menurut RT (keluarga).",
        ("Jumlah Keluarga Miskin", "KK Miskin"),
    )  # fmt: skip
    keluarga_desil_1_4 = column(
        "Keluarga Desil 1-4", Whole(), "Keluarga DTSEN desil 1 sampai 4 (keluarga).",
        ("Jumlah Keluarga Desil 1-4", "KK Desil 1-4"),
    )  # fmt: skip
    rumah_tidak_layak_huni = column(
        "Rumah Tidak Layak Huni", Whole(), "Rumah tidak layak huni (rumah).",
        ("Jumlah Rumah Tidak Layak Huni", "RTLH", "Jumlah RTLH"),
    )  # fmt: skip
    tanpa_air_layak = column(
        "Tanpa Air Minum Layak", Whole(), "Keluarga tanpa air minum layak (keluarga).",
        ("Tanpa Air Layak", "KK Tanpa Air Layak"),
    )  # fmt: skip
    tanpa_sanitasi_layak = column(
        "Tanpa Sanitasi Layak", Whole(), "Keluarga tanpa sanitasi layak (keluarga).",
        ("KK Tanpa Sanitasi Layak",),
    )  # fmt: skip
