"""A release that contradicts itself does not go out: each kind of contradiction, planted in the measured cells."""

from pathlib import Path

import duckdb
import pytest

from pipelines.errors import OfficerError
from pipelines.indicators.run import measure_changed
from pipelines.publishing.release import publish_cells, published_releases
from pipelines.sample import make_sample
from pipelines.settings import Office, Places, load_office
from pipelines.warehouse.ingest import ingest
from tests.warehouse.office import NOW, nothing

PLANTED = {
    "laki-laki dan perempuan": "UPDATE cells SET numerator = numerator + 1 WHERE indicator = 'amh' AND breakdown = 'L' "
    "AND area = (SELECT min(area) FROM cells WHERE level = 'rt')",
    "jumlah wilayah di dalamnya": "UPDATE cells SET denominator = denominator - 1 WHERE indicator = 'p0' "
    "AND level = 'kelurahan'",
    # A hundredfold everywhere, so that no sum disagrees.
    "bagiannya lebih besar": "UPDATE cells SET numerator = numerator * 100 "
    "WHERE indicator = 'persentase_keluarga_desil_1_4'",
    "penduduk di dalamnya": "UPDATE cells SET numerator = 1, denominator = 2 "
    "WHERE indicator = 'kepadatan_penduduk' AND level = 'kelurahan'",
    # Everywhere, so that no sum of areas disagrees; the second moves a man to an age that he does not have.
    "rincian menurut golongan": "UPDATE cells SET numerator = 2 * numerator "
    "WHERE indicator = 'jumlah_penduduk' AND breakdown = 'agama:1'",
    "rincian laki-laki dan perempuan": "UPDATE cells SET numerator = numerator + IF(breakdown = 'umur_L:5-9', 1, -1) "
    "WHERE breakdown IN ('umur_L:5-9', 'umur_L:10-14') "
    "AND starts_with((SELECT min(area) FROM cells WHERE level = 'rt'), area)",
    "APM lebih besar": "UPDATE cells SET numerator = numerator * 100, denominator = denominator * 100 "
    "WHERE indicator = 'apm_sd'",
    "jumlah kelompok umur": "UPDATE cells SET numerator = numerator * 2, denominator = denominator * 2 "
    "WHERE indicator = 'anak_tidak_sekolah_16_18'",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small village, measured and published."""
    home = tmp_path_factory.mktemp("home")
    make_sample(home, rts=4, persons_per_rt=80)
    office = load_office(Places(home))
    ingest(office, None, NOW, nothing)
    measure_changed(office)
    publish_cells(office, NOW)
    return office


@pytest.mark.parametrize("what", PLANTED)
def test_nothing_goes_out_that_contradicts_itself(office: Office, tmp_path: Path, what: str) -> None:
    before = published_releases(office.places.published)
    sound = office.places.warehouse.read_bytes()
    with duckdb.connect(str(office.places.warehouse)) as warehouse:
        warehouse.execute(PLANTED[what])
    with pytest.raises(OfficerError, match=what):
        publish_cells(office, NOW)
    assert published_releases(office.places.published) == before
    office.places.warehouse.write_bytes(sound)
    publish_cells(office, NOW)
    assert published_releases(office.places.published) == before
