"""`cantik token`: a key for the liaison's tier of `cantik serve`; shown once, listed and revoked by its label."""

import argparse
import datetime as dt
import sys

from pipelines.errors import OfficerError
from pipelines.publishing.csvout import print_text
from pipelines.screen import say
from pipelines.serving.served import served
from pipelines.serving.tokens import make_token, read_tokens, revoke_token
from pipelines.settings import find_home


def run(call: argparse.Namespace) -> int:
    """Print a new token, or the labels of those there are, or revoke one."""
    path = served(find_home()).tokens
    if call.list:
        if call.label is not None or call.revoke is not None:
            raise OfficerError("Perintah salah: --list berdiri sendiri. Lihat: cantik token --help.")
        print_text("".join(f"{token.created}  {token.label}\n" for token in read_tokens(path)), sys.stdout)
    elif call.revoke is not None:
        if call.label is not None:
            raise OfficerError("Perintah salah: tulis satu nama saja sesudah --revoke. Lihat: cantik token --help.")
        revoke_token(path, call.revoke)
        say(f"Token '{call.revoke}' dicabut dan tidak berlaku lagi mulai sekarang.")
    else:
        secret, token = make_token(path, call.label, dt.date.today())
        say(f"Token '{token.label}' untuk tingkat pendamping. Simpan sekarang: hanya ditampilkan sekali ini.")
        print_text(secret + "\n", sys.stdout)
    return 0
