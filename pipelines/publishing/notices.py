"""What the officer is told of a publication: why the public sees less than of an earlier one, or of a whole one."""

from collections.abc import Iterable

from pipelines.disclosure.table import POPULATION
from pipelines.opening import connect_read_only
from pipelines.settings import Office


def notices(office: Office, periods: Iterable[str]) -> list[str]:
    """Sentences on these periods of the published store, at most two each; none where nothing is held back."""
    if not office.places.published.exists():
        return []
    said = []
    with connect_read_only(office.places.published) as store:
        waiting = dict(store.execute("SELECT period, figures FROM waiting").fetchall())
        reporting = store.execute(
            "SELECT period, sum(areas_reported), sum(areas_expected) FROM cells "
            "WHERE level = 'kelurahan' AND (indicator, breakdown) = ($1, $2) GROUP BY period",
            POPULATION,
        ).fetchall()
    rts = {period: (reported, expected) for period, reported, expected in reporting}
    for period in periods:
        reported, expected = rts.get(period, (0, 0))
        if office.only_complete and reported < expected:
            said.append(
                f"{period}: baru {reported} dari {expected} RT melapor. Publik baru melihat angka pokok (jumlah "
                "penduduk dan keluarga, rasio jenis kelamin, rata-rata anggota); angka lain terbit setelah semua RT "
                'melapor, menurut cantik.toml: [publication] public = "complete".'
            )
        if waiting.get(period):
            said.append(
                f"{period}: {waiting[period]} angka publik ditahan dulu (status s), menunggu laporan RT lain. Sejak "
                "rilis sebelumnya terlalu sedikit yang berubah, sehingga selisih kedua rilis akan membuka angka satu "
                "RT. Angka itu tampil lagi setelah cukup banyak RT lain melapor."
            )
    return said
