"""Runs the application on a port of its own, until it is stopped."""

import asyncio
import socket

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipelines.errors import OfficerError
from pipelines.serving.guard import LONGEST_HEADERS

SECONDS_IDLE, SECONDS_AT_MOST = 30, 300
CONNECTIONS = 64
OTHER_PORTS = (8421, 8422)


class Impatient(H11Protocol):
    """A connection that does not wait for ever: not for a request that comes byte by byte, nor for a slow reader."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its parent says
        """Open, with an end in sight."""
        super().connection_made(transport)
        self.loop.call_later(SECONDS_IDLE, self._close_idle)
        self.loop.call_later(SECONDS_AT_MOST, transport.abort)

    def _close_idle(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
        else:
            self.loop.call_later(SECONDS_IDLE, self._close_idle)


def listening(host: str, port: int) -> socket.socket:
    """The port, taken. Raises OfficerError where it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=CONNECTIONS)
    except (OSError, OverflowError) as error:
        other = OTHER_PORTS[port == OTHER_PORTS[0]]
        raise OfficerError(
            f"Alamat {host} port {port} tidak dapat dipakai, mungkin sedang dipakai program lain. "
            f"Hentikan program itu, atau pilih port lain, misalnya: cantik serve --port {other}"
        ) from error


def server_of(application: ASGIApp) -> uvicorn.Server:
    """The server; its `run` serves until interrupted, and mostly raises the interruption again as KeyboardInterrupt."""
    config = uvicorn.Config(
        application,
        http=Impatient,
        ws="none",
        lifespan="on",
        log_level="critical",  # a fault is logged by the application, without what a client sent
        access_log=False,
        proxy_headers=False,  # a client could write them, and be counted as another
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEADERS * 2,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
    )
    return uvicorn.Server(config)
