"""A run in words: what came in, what was held, what was refused. Counts and file names of the inbox only."""

from pipelines.warehouse.ingest import Ingested


def lines(taken: Ingested) -> list[str]:
    """For the officer's screen."""
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
    said += [f"Dilewati: {m.path}: {m.reason}" for m in taken.misplaced]
    said += [f"Berkas kembar: {t.path} sama dengan {t.of}, tidak dihitung lagi." for t in taken.twins]
    return said


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
