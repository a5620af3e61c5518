"""This office: where its data lives and what `cantik.toml` says of it."""

import datetime as dt
import os
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipelines.activity import read_activity
from pipelines.areas import KELURAHAN_CODE, Register, read_register
from pipelines.backupplan import BackupPlan, read_plan
from pipelines.errors import OfficerError, nearest
from pipelines.periods import Period, parse_period

DEFAULT_CRON = "0 18 * * *"  # every evening, when the heads of RT have sent their files
UNRELIABLE_BELOW = 30  # a rate over fewer units is shown with the flag `u`
BACKUP_DAYS = 7  # a backup older than this, with files received since, is worth a reminder
DUE_DAYS, MOST_DUE_DAYS = 14, 365  # after the last day of its period an RT has this long before it is late
MOST_MONTHS = 600
LOWEST_LINE = 10_000  # rupiah; a fraction below is a line written with its dot: 598.545
PUBLIC = ("immediately", "complete")  # when the public sees more than totals: at once, or when all RTs have reported
IDENTITIES = "identitas"  # the name of the store beside the warehouse that says who its rows are about
RELEASES = "releases"  # the folder of kept releases, beside `published.duckdb`
SETTINGS: dict[str, tuple[str, ...]] = {  # what cantik.toml may hold; of no names: any, or those of a form
    "kelurahan": ("code", "name"),
    "poverty_line": (),
    "schedule": ("cron",),
    "reporting": ("due_days",),
    "retention": ("raw_months",),
    "publication": ("public",),
    "thresholds": ("unreliable_below",),
    "backup": ("to", "passphrase_file", "keep", "remind_days"),
    "kegiatan": (),
}
WRITTEN = (
    'Tulis teks di antara tanda kutip lurus, misalnya name = "Kandangan Utara", folder di antara tanda petik, misalnya '
    "to = 'E:\\cadangan', dan angka tanpa titik ribuan."
)


@dataclass(frozen=True)
class Places:
    """The folders under one home."""

    home: Path

    @property
    def config(self) -> Path:
        """What the office says of itself."""
        return self.home / "data" / "cantik.toml"

    @property
    def register(self) -> Path:
        """The areas that are expected to report (`areas`)."""
        return self.home / "data" / "areas.csv"

    @property
    def map(self) -> Path:
        """RT boundaries, where the office has them."""
        return self.home / "data" / "areas.geojson"

    @property
    def layouts(self) -> Path:
        """The office's own layouts of foreign workbooks."""
        return self.home / "data" / "layouts"

    @property
    def inbox(self) -> Path:
        """Where the RTs' workbooks are laid, a folder a period."""
        return self.home / "data" / "raw"

    @property
    def returned(self) -> Path:
        """The senders' workbooks, marked."""
        return self.home / "data" / "returned"

    @property
    def store(self) -> Path:
        """What the program keeps: the ledger, the kept files, the two databases."""
        return self.home / "data" / "warehouse"

    @property
    def warehouse(self) -> Path:
        """What figures are counted from."""
        return self.store / "warehouse.duckdb"

    @property
    def identities(self) -> Path:
        """Who the rows of the warehouse are about."""
        return self.store / f"{IDENTITIES}.duckdb"

    @property
    def published(self) -> Path:
        """What is published: the newest release of each period."""
        return self.store / "published.duckdb"

    @property
    def releases(self) -> Path:
        """Every release ever published; beside the store, which readers of it rely on."""
        return self.published.with_name(RELEASES)

    @property
    def reports(self) -> Path:
        """What is handed out, a folder a period."""
        return self.home / "reports"

    @property
    def access_log(self) -> Path:
        """Who opened or took what (`accesslog`)."""
        return self.home / "data" / "akses.jsonl"

    @property
    def rights_key(self) -> Path:
        """The key of the marks of forgotten persons (`warehouse.rights`), outside the stores."""
        return self.home / "data" / "hak.key"

    @property
    def tokens(self) -> Path:
        """The hashes of the tokens of `cantik serve`."""
        return self.home / "data" / "tokens.json"

    @property
    def unfinished(self) -> Path:
        """Where `cantik restore` makes a home before it moves in."""
        return self.home / "pemulihan.part"


@dataclass(frozen=True)
class Office:
    """What the pipeline knows of this office before it reads a workbook."""

    places: Places
    kelurahan: str
    name: str
    register: Register = field(repr=False)
    poverty_line: dict[Period, Decimal] = field(default_factory=dict)
    cron: str = DEFAULT_CRON
    unreliable_below: int = UNRELIABLE_BELOW
    due_days: int = DUE_DAYS
    backup_days: int = BACKUP_DAYS
    backup_plan: BackupPlan | None = None
    raw_months: int | None = None  # how long kept files stay that stand behind no row; None: for ever
    public: str = PUBLIC[0]
    activity: dict[str, object] = field(default_factory=dict)

    @property
    def only_complete(self) -> bool:
        """Whether the public sees no more than totals of a kelurahan before its last RT has reported."""
        return self.public == "complete"

    def area_name(self, code: str, level: str) -> str:
        """The registered name, else this office's own for its kelurahan, else one made from the code."""
        if code == self.kelurahan and code not in self.register.areas:
            return self.name
        return self.register.name(code, level)

    def due(self, period: Period) -> dt.date:
        """The last day on which a workbook of the period is not late."""
        return period.reference_date + dt.timedelta(days=self.due_days)

    def knows_kelurahan(self, code: str) -> bool:
        """Whether a folder of the inbox may bear this code."""
        listed = {a.code for a in self.register.areas.values() if a.level == "kelurahan"}
        return code == self.kelurahan or code in listed or not listed


def find_home() -> Places:
    """`CANTIK_HOME`, else the project's own folder, else the folder one stands in."""
    # `set CANTIK_HOME="C:\kantor" && cantik run` gives Windows the quotes and the blank, too.
    if chosen := os.environ.get("CANTIK_HOME", "").strip().strip('"'):
        return Places(Path(chosen).resolve())
    project = Path(__file__).resolve().parents[1]
    return Places(project if (project / "pyproject.toml").exists() else Path.cwd())


def load_office(places: Places) -> Office:
    """Read `cantik.toml` and `areas.csv`. Raises OfficerError with what to write where they cannot be used."""
    if not places.config.exists():
        if places.unfinished.exists():
            raise OfficerError("Pemulihan terputus di tengah jalan. Ulangi: cantik restore BERKAS --geser-yang-lama")
        raise OfficerError(
            f"Belum ada {places.config}. Buat berkas itu, misalnya di Notepad, dengan tiga baris: [kelurahan] lalu "
            'code = "63.06.05.1002" lalu name = "Kandangan Utara", sesuai kelurahan Anda; selengkapnya di README.'
        )
    try:
        config = tomllib.loads(places.config.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise OfficerError(f"{places.config} tidak terbaca. Simpan ulang di Notepad dengan pengodean UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" pada baris {line[1]}" if line else ""
        raise OfficerError(f"{places.config} tidak terbaca{where}. {WRITTEN}") from error
    _require_known(config)
    return _office(places, config)


def _require_known(config: dict[str, object]) -> None:
    """See that no setting is misspelt: it would be passed over, and the office think that it holds.

    What is like none of ours is somebody else's, and let be.
    """
    for section in config:
        _refuse_misspelt(f"bagian [{section}]", section, tuple(SETTINGS))
    for section, names in SETTINGS.items():
        for key in _table(config, section):
            _refuse_misspelt(f"{key} di [{section}]", key, names)


def _refuse_misspelt(what: str, written: str, known: tuple[str, ...]) -> None:
    if written not in known and (meant := nearest(written.casefold(), known)):
        raise OfficerError(f"cantik.toml: {what} tidak dikenal.{meant}")


def _office(places: Places, config: dict[str, object]) -> Office:
    kelurahan = _table(config, "kelurahan")
    code, name = str(kelurahan.get("code", "")).strip(), str(kelurahan.get("name", "")).strip()
    if not KELURAHAN_CODE.fullmatch(code) or not name:
        raise OfficerError(
            'cantik.toml: bagian [kelurahan] harus berisi code seperti "63.06.05.1002" dan name. Lengkapi keduanya.'
        )
    lines = {_quarter(p): _rupiah(p, v) for p, v in _table(config, "poverty_line").items()}
    return Office(
        places=places,
        kelurahan=code,
        name=name,
        register=read_register(places.register),
        poverty_line=lines,
        cron=str(_table(config, "schedule").get("cron", DEFAULT_CRON)),
        unreliable_below=_count(_table(config, "thresholds"), "unreliable_below", UNRELIABLE_BELOW),
        due_days=_due_days(_table(config, "reporting").get("due_days", DUE_DAYS)),
        backup_days=_count(_table(config, "backup"), "remind_days", BACKUP_DAYS),
        backup_plan=read_plan(places.home, _table(config, "backup")),
        raw_months=_months(_table(config, "retention").get("raw_months")),
        public=_public(_table(config, "publication").get("public", PUBLIC[0])),
        activity=read_activity(_table(config, "kegiatan")),
    )


def _table(config: dict[str, object], key: str) -> dict[str, object]:
    table = config.get(key, {})
    if not isinstance(table, dict):
        raise OfficerError(f"cantik.toml: [{key}] harus berupa bagian, bukan satu nilai. Lihat contoh di README.")
    return table


def _quarter(written: str) -> Period:
    try:
        return parse_period(written)
    except OfficerError as unknown:
        raise OfficerError(f"cantik.toml: [poverty_line] {unknown}") from None


def _rupiah(period: str, value: object) -> Decimal:
    try:
        line = Decimal(str(value))
    except InvalidOperation:
        line = Decimal(0)
    dotted = isinstance(value, float) and line < LOWEST_LINE
    if isinstance(value, bool) or not line.is_finite() or line <= 0 or dotted:
        raise OfficerError(
            f"cantik.toml: garis kemiskinan {period} harus angka rupiah per orang per bulan, tanpa titik ribuan, "
            "misalnya 598545."
        )
    return line


def _count(table: dict[str, object], key: str, default: int) -> int:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise OfficerError(f"cantik.toml: {key} harus bilangan bulat, misalnya {default}.")
    return value


def _due_days(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DUE_DAYS:
        raise OfficerError(
            f"cantik.toml: due_days harus bilangan bulat 0 sampai {MOST_DUE_DAYS}, misalnya {DUE_DAYS} "
            "(hari sesudah akhir triwulan)."
        )
    return value


def _months(value: object) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_MONTHS):
        raise OfficerError(
            f"cantik.toml: [retention] raw_months harus bilangan bulat 1 sampai {MOST_MONTHS} (bulan), misalnya 24. "
            "Hapus baris itu bila salinan berkas disimpan selamanya."
        )
    return value


def _public(value: object) -> str:
    if value not in PUBLIC:
        raise OfficerError(
            'cantik.toml: [publication] public harus "immediately" (terbit segera) atau "complete" (terbit setelah '
            "semua RT melapor)."
        )
    return str(value)
