"""`cantik serve`: read-only pages and HTTP API over what is published, until it is stopped."""

import argparse
from functools import partial

from pipelines.faultlog import record
from pipelines.screen import say
from pipelines.settings import find_home


def run(call: argparse.Namespace) -> int:
    """Serve this home. Raises OfficerError where the port is taken, KeyboardInterrupt where it is stopped."""
    from pipelines.serving.server import listening, server_of

    taken = listening(call.host, call.port)
    from pipelines.serving.app import application
    from pipelines.serving.desk import desk
    from pipelines.serving.hosts import hosts_of, is_loopback
    from pipelines.serving.served import served

    home = find_home()
    shown = f"[{call.host}]" if ":" in call.host else call.host
    if not is_loopback(call.host):
        say(
            "Peringatan: komputer lain di jaringan ini dapat membuka halaman ini, dan lalu lintasnya tidak disandikan: "
            "pakai token hanya di jaringan yang dipercaya."
        )
    say(
        f"Buka http://{shown}:{taken.getsockname()[1]}/ di peramban. Jendela ini tetap terbuka; hentikan dengan Ctrl+C."
    )
    answering = application(desk(served(home), partial(record, home)), hosts_of(call.host))
    server_of(answering).run(sockets=[taken])
    raise KeyboardInterrupt  # it ends only when it is stopped; its loop does not always say so
