"""Who may read the liaison's tier: whoever shows a token in the header, never in an address.

An address stays in histories, logs and the files of Excel. Excel's Power Query asks for a user name and password where
it is asked for Basic, so the token also goes as the password; the user name means nothing.
"""

import base64
import binascii
from http import HTTPStatus
from pathlib import Path

from pipelines.serving.refusals import Refused
from pipelines.serving.throttle import Window
from pipelines.serving.tokens import Token, read_tokens, valid

PUBLIC = "public"
ASK = {"WWW-Authenticate": 'Basic realm="Cantik, tingkat pendamping", charset="UTF-8", Bearer realm="Cantik"'}


def authorise(tier: str, header: str | None, client: str, tokens: Path, wrong: Window) -> Token | None:
    """The token with which a client reads a tier; None for the public tier, which needs none.

    Raises Refused: 401 without a valid token, 429 for a client that was wrong too often, even with the right one.
    """
    if tier == PUBLIC:
        return None
    if wrong.full(client):
        wait = wrong.seconds_left(client)
        raise Refused(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"Terlalu sering memakai token yang salah. Coba lagi {wait // 60 + 1} menit lagi.",
            {"Retry-After": str(wait)},
        )
    secret = _secret(header or "")
    if secret is None:
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "Tingkat pendamping hanya dengan token. Petugas kelurahan membuatnya dengan: cantik token. Kirim sebagai "
            "Authorization: Bearer TOKEN, atau sebagai kata sandi (Basic).",
            ASK,
        )
    token = valid(read_tokens(tokens), secret)
    if token is None:
        wrong.add(client)
        raise Refused(HTTPStatus.UNAUTHORIZED, "Token salah atau sudah dicabut. Minta yang baru kepada petugas.", ASK)
    return token


def _secret(header: str) -> str | None:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip() or None
    if scheme.lower() != "basic":
        return None
    try:
        return base64.b64decode(rest.strip(), validate=True).decode("utf-8", "replace").partition(":")[2] or None
    except (binascii.Error, ValueError):
        return None
