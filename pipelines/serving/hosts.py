"""Which `Host` headers are answered: a foreign web page must not reach this server under a name of its own.

Such a page can point its own name at this address (DNS rebinding) and read what it is answered, but it cannot give that
name an address literal. So literals are safe, and of names only our own are answered.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

LOOPBACK_NAME = "localhost"


@dataclass(frozen=True)
class Hosts:
    """Names that are answered, and whether every address literal is."""

    names: frozenset[str]
    any_literal: bool

    def answers(self, header: str) -> bool:
        """Whether a request with this `Host` header is for this server."""
        try:
            name = urlsplit(f"//{header}").hostname or ""
        except ValueError:
            return False
        return name in self.names or (self.any_literal and _is_literal(name))


def hosts_of(address: str) -> Hosts:
    """What a server bound to this address answers; on loopback only the names of loopback."""
    own = {LOOPBACK_NAME, "127.0.0.1", "::1", address.lower()}
    if is_loopback(address):
        return Hosts(frozenset(own), any_literal=False)
    machine = socket.gethostname().lower()
    return Hosts(frozenset(own | {machine, f"{machine}.local", socket.getfqdn().lower()}), any_literal=True)


def is_loopback(address: str) -> bool:
    """Whether nobody but this computer reaches the address."""
    return address == LOOPBACK_NAME or (_is_literal(address) and ipaddress.ip_address(address).is_loopback)


def _is_literal(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
