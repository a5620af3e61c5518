"""`cantik schedule`: serves the deployments on the cron of `cantik.toml` until it is stopped."""

import argparse

from pipelines.errors import OfficerError
from pipelines.screen import say
from pipelines.settings import find_home, load_office


def run(call: argparse.Namespace) -> int:
    """Serve the schedule. Raises OfficerError for a wrong cron, or where it is served already."""
    office = load_office(find_home())
    from pipelines.scheduler import check_cron, serve

    if not check_cron(office.cron):
        raise OfficerError(
            f"cantik.toml: jadwal '{office.cron}' bukan cron yang benar. Contoh tiap pukul 18.00: 0 18 * * *"
        )
    say(f"Pengolahan terjadwal ({office.cron}). Biarkan jendela ini terbuka; hentikan dengan Ctrl+C.")
    serve(office)
    return 0
