"""What a cell of a column must be, in words: from its kind, its bounds and the rules that mark it."""

from pipelines.warehouse.reconcile import across_rules
from schemas.dataset import Column, Dataset, rules
from schemas.kinds import Amount, Code, Date, FamilyCard, Kind, Letter, Nik, Place, Whole, YesNo

SEVERITY = {"error": "ditahan", "warning": "peringatan"}
KINDS: dict[type[Kind], str] = {
    Nik: "16 angka dengan susunan NIK yang benar, disimpan sebagai teks",
    FamilyCard: "16 angka dengan susunan nomor KK yang benar, disimpan sebagai teks",
    Date: "tanggal yang ada: hari, bulan, tahun",
    Code: "salah satu kode klasifikasi",
    Letter: "salah satu huruf klasifikasi",
    YesNo: "Ya atau Tidak",
    Amount: "angka, paling banyak dua desimal",
    Whole: "bilangan bulat",
    Place: "alamat yang dikenal",
}


def rules_of(dataset: type[Dataset], name: str, column: Column) -> str:
    """Every rule that can mark this column's cells, with its stable code and what becomes of the row."""
    told = [_filled(column)]
    if type(column.kind) in KINDS:
        told.append(f"{KINDS[type(column.kind)]} ({_code(column.kind.unreadable)})")
    if bounds := _bounds(column.kind):
        told.append(f"{bounds} ({_code('RENTANG01')})")
    if column.default is not None:
        told.append(f"kosong berarti {_default(column)}")
    marked = [(r.code, r.detail) for r in dataset.row_rules().values() if r.at == name]
    marked += [(r.code, "") for r in across_rules() if (r.dataset, r.column) == (dataset.about().name, name)]
    told += [_sentence(code, detail, column) for code, detail in dict.fromkeys(marked)]
    return "; ".join(dict.fromkeys(told))


def _filled(column: Column) -> str:
    """Whether a cell may be empty; a NIK that is not yet issued is, though the column must be there."""
    if isinstance(column.kind, Nik):
        return "0 atau kosong bila belum terbit"
    return f"Wajib diisi ({_code('WAJIB01')})" if column.required else "Boleh kosong"


def _bounds(kind: Kind) -> str:
    limits = kind.bounds()
    if "le" in limits:
        return f"{limits['ge']} sampai {limits['le']}"
    return f"paling sedikit {limits['ge']}" if "ge" in limits else ""


def _default(column: Column) -> str:
    if isinstance(column.kind, YesNo):
        return "Ya" if column.default else "Tidak"
    return str(column.default)


def _code(code: str) -> str:
    return f"{code}, {SEVERITY[rules()[code].severity]}"


def _sentence(code: str, detail: str, column: Column) -> str:
    """The first sentence of a rule as an officer reads it, without the value of a cell."""
    text = rules()[code].sentence.format(value="…", label=column.label, detail=detail or "…")
    return f"{text.split('. ')[0].rstrip('.')} ({_code(code)})"
