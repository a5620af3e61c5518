"""A run in words: what came in, what was held, what was refused. Counts and file names of the inbox only."""

from collections import Counter

from pipelines.warehouse.ingest import Ingested
from pipelines.warehouse.retention import Removal


def lines(taken: Ingested) -> list[str]:
    """For the officer's screen."""
    return [*_came_in(taken), *consequences(taken)]


def _came_in(taken: Ingested) -> list[str]:
    """Whether all was folded anew, and how much was new."""
    said = []
    if taken.refolded:
        said.append("Aturan, daftar wilayah, atau koreksi berubah: gudang data disusun ulang dari berkas tersimpan.")
    if taken.files:
        said.append(
            f"{taken.files} berkas dibaca: {taken.accepted} baris diterima, {taken.held} baris tertahan, "
            f"{taken.rejected} berkas ditolak."
        )
    else:
        said.append("Tidak ada berkas baru.")
    return said


def consequences(taken: Ingested) -> list[str]:
    """What the officer should know or do besides."""
    said = []
    if taken.removed:
        periods = Counter[str]()
        for gone in taken.removed:
            periods[gone.period] += gone.rows
        told = ", ".join(f"{period} {rows} baris" for period, rows in sorted(periods.items()))
        said.append(
            f"{len(taken.removed)} berkas lama sudah dihapus menurut masa simpan; baris lamanya, yang sudah diganti "
            f"atau ditolak, tidak dapat disusun lagi: {told}. Baris yang berlaku tetap sama."
        )
    if taken.lost:
        areas = ", ".join(taken.lost)
        said.append(f"Minta disimpan ulang di Excel dan dikirim lagi, karena berkas lamanya sudah dihapus: RT {areas}.")
    if taken.unlisted:
        unlisted = ", ".join(f"{rt} ({period})" for period, rt in taken.unlisted)
        said.append(
            f"Tidak ada lagi dalam areas.csv, jadi laporannya tidak dihitung lagi: RT {unlisted}. Bila RT itu bubar "
            "atau berganti nomor, kembalikan barisnya dan isi kolom until dengan triwulan terakhirnya."
        )
    said += [f"Periksa: {path}: {message}" for path, message in taken.lacking]
    for path, old, new in taken.moved:
        said.append(
            f"{path} pindah ke {new}, tetapi di {old} kiriman itu masih dihitung. Bila triwulannya tadi salah: "
            f'cantik withdraw "{path}" --period {old}'
        )
    said += [f"Dilewati: {m.path}: {m.reason}" for m in taken.misplaced]
    said += [f"Berkas kembar: {t.path} sama dengan {t.of}, tidak dihitung lagi." for t in taken.twins]
    said += [
        f"Belum dibaca: {path} sedang dikunci program lain atau belum terunduh. Tutup, lalu ulangi."
        for path in taken.closed
    ]
    return said


def removed_lines(removal: Removal) -> list[str]:
    """What a run removed of the kept files, or why it removed nothing though the office wants it to."""
    if removal.refused:
        return [removal.refused]
    many = removal.files
    return [f"{many} salinan berkas lama, yang tidak dipakai lagi, dihapus menurut masa simpan."] if many else []


def markdown(taken: Ingested, releases: dict[str, str]) -> str:
    """For the Prefect artifact: counts only, for a file's name may hold a person's."""
    rows = [
        ("Berkas dibaca", taken.files),
        ("Baris diterima", taken.accepted),
        ("Baris tertahan", taken.held),
        ("Berkas ditolak", taken.rejected),
        ("Berkas salah tempat", len(taken.misplaced)),
        ("Berkas kembar", len(taken.twins)),
    ]
    table = "\n".join(f"| {name} | {count} |" for name, count in rows)
    listed = "\n".join(f"- {period}: rilis {release}" for period, release in releases.items())
    heading = "# Ringkasan pengolahan\n\n| Hal | Banyaknya |\n|---|---|\n"
    return f"{heading}{table}\n\n## Terbit\n{listed or '- belum ada'}\n"
