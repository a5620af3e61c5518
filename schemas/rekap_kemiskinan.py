"""`rekap_kemiskinan`: the poverty and aid count sheet of an RT, one row an RT."""

from schemas import keys
from schemas.dataset import Dataset, column
from schemas.kinds import Whole
from schemas.meaning import BANSOS, BLT, DTSEN, JKN, LAYAK, REKAP, Meaning


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
        ("Jumlah Penerima PKH", "Jml Penerima PKH", "Keluarga Penerima PKH", "KPM PKH", "Jumlah KPM PKH"),
        required=True,
        means=Meaning("Penerima Program Keluarga Harapan", "Banyaknya keluarga di RT yang menerima PKH.", BANSOS,
            "Berapa keluarga penerima PKH di RT ini?", unit="keluarga"),
    )  # fmt: skip
    penerima_bpnt = column(
        "Penerima BPNT", Whole(), "Keluarga penerima BPNT/Sembako (keluarga).",
        ("Jumlah Penerima BPNT", "Penerima Sembako", "Keluarga Penerima BPNT", "KPM BPNT", "Jumlah KPM BPNT"),
        means=Meaning("Penerima Bantuan Pangan Nontunai", "Banyaknya keluarga di RT yang menerima BPNT atau Sembako.",
            BANSOS, "Berapa keluarga penerima BPNT/Sembako di RT ini?", unit="keluarga"),
    )  # fmt: skip
    penerima_bst = column(
        "Penerima BST", Whole(), "Keluarga penerima BST (keluarga).",
        ("Jumlah Penerima BST", "Keluarga Penerima BST", "KPM BST", "Jumlah KPM BST"),
        means=Meaning("Penerima Bantuan Sosial Tunai",
            "Banyaknya keluarga di RT yang menerima bantuan sosial tunai (BST).", BANSOS,
            "Berapa keluarga penerima BST di RT ini?", unit="keluarga"),
    )  # fmt: skip
    penerima_blt = column(
        "Penerima BLT", Whole(), "Keluarga penerima BLT (keluarga).",
        ("Jumlah Penerima BLT", "Keluarga Penerima BLT", "KPM BLT", "Jumlah KPM BLT"),
        means=Meaning("Penerima Bantuan Langsung Tunai",
            "Banyaknya keluarga di RT yang menerima BLT, termasuk BLT dana desa.", BLT,
            "Berapa keluarga penerima BLT di RT ini?", unit="keluarga"),
    )  # fmt: skip
    penerima_pbi_jk = column(
        "Penerima PBI-JK", Whole(), "Peserta PBI-JK (orang).",
        ("Jumlah Penerima PBI-JK", "Jumlah Peserta PBI-JK", "Penerima PBI JKN"),
        means=Meaning("Peserta Bantuan Iuran Jaminan Kesehatan",
            "Banyaknya orang di RT yang menjadi peserta PBI-JK. Satuannya orang, bukan keluarga.", JKN,
            "Berapa orang peserta PBI-JK di RT ini?", unit="orang"),
    )  # fmt: skip
    keluarga_miskin = column(
        "Keluarga Miskin", Whole(), "Keluarga miskin menurut RT (keluarga).",
        ("Jumlah Keluarga Miskin", "KK Miskin"),
        means=Meaning("Keluarga Miskin Menurut Rukun Tetangga",
            "Banyaknya keluarga yang menurut pengurus RT tergolong miskin. Penilaian RT, bukan hasil garis "
            "kemiskinan BPS.", REKAP, "Berapa keluarga miskin di RT ini menurut pengurus RT?", unit="keluarga"),
    )  # fmt: skip
    keluarga_desil_1_4 = column(
        "Keluarga Desil 1-4", Whole(), "Keluarga DTSEN desil 1 sampai 4 (keluarga).",
        ("Jumlah Keluarga Desil 1-4", "KK Desil 1-4"),
        means=Meaning("Keluarga Desil 1-4", "Banyaknya keluarga di RT yang menurut DTSEN berada pada desil 1 sampai 4.",
            DTSEN, "Berapa keluarga pada desil 1 sampai 4 DTSEN di RT ini?", unit="keluarga"),
    )  # fmt: skip
    rumah_tidak_layak_huni = column(
        "Rumah Tidak Layak Huni", Whole(), "Rumah tidak layak huni (rumah).",
        ("Jumlah Rumah Tidak Layak Huni", "RTLH", "Jumlah RTLH"),
        means=Meaning("Rumah Tidak Layak Huni",
            "Banyaknya rumah di RT yang tidak memenuhi salah satu syarat: bahan tahan lama, luas lantai 7,2 m2 per "
            "orang, air minum layak, atau sanitasi layak.", LAYAK, "Berapa rumah tidak layak huni di RT ini?",
            unit="rumah"),
    )  # fmt: skip
    tanpa_air_layak = column(
        "Tanpa Air Minum Layak", Whole(), "Keluarga tanpa air minum layak (keluarga).",
        ("Tanpa Air Layak", "KK Tanpa Air Layak"),
        means=Meaning("Keluarga Tanpa Air Minum Layak",
            "Banyaknya keluarga di RT yang sumber air minum utamanya tidak layak.", LAYAK,
            "Berapa keluarga tanpa air minum layak di RT ini?", unit="keluarga"),
    )  # fmt: skip
    tanpa_sanitasi_layak = column(
        "Tanpa Sanitasi Layak", Whole(), "Keluarga tanpa sanitasi layak (keluarga).",
        ("KK Tanpa Sanitasi Layak",),
        means=Meaning("Keluarga Tanpa Sanitasi Layak",
            "Banyaknya keluarga di RT yang tidak memakai sanitasi layak (kloset leher angsa dengan tangki septik "
            "atau IPAL).", LAYAK, "Berapa keluarga tanpa sanitasi layak di RT ini?", unit="keluarga"),
    )  # fmt: skip
