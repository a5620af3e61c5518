"""What every page and answer of one running server works with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request

from pipelines.serving.authorising import authorise
from pipelines.serving.guard import client_of
from pipelines.serving.served import Served, software
from pipelines.serving.throttle import REQUESTS, WRONG_TOKENS, Allowance, Window
from pipelines.serving.tokens import Token


@dataclass(frozen=True)
class Desk:
    """The places served, the windows that count clients, and where faults are written."""

    served: Served
    fault: Callable[[BaseException], object]
    requests: Window
    wrong_tokens: Window
    software: str = field(default_factory=software)

    def authorise(self, request: Request, tier: str) -> Token | None:
        """The token of a request for a tier. Raises Refused as `authorising.authorise` does."""
        header, client = request.headers.get("authorization"), client_of(request.scope)
        return authorise(tier, header, client, self.served.tokens, self.wrong_tokens)


def desk(
    served: Served,
    fault: Callable[[BaseException], object],
    requests: Allowance = REQUESTS,
    wrong_tokens: Allowance = WRONG_TOKENS,
) -> Desk:
    """A desk whose windows are empty."""
    return Desk(served, fault, Window(requests), Window(wrong_tokens))
