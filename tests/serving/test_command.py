"""`cantik serve` and `cantik token` as an officer types them."""

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import httpx
import pytest

from pipelines.cli import main, parser
from pipelines.serving.served import served
from pipelines.settings import Places
from tests.conftest import Cantik


def call(home: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, CANTIK_HOME=str(home)),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(words)
    return code, out.getvalue(), err.getvalue()


def test_a_token_is_shown_once_and_kept_as_a_hash_only(tmp_path: Path) -> None:
    code, out, err = call(tmp_path, "token", "bps-kabupaten")
    secret = out.strip()
    assert (code, len(secret) >= 43) == (0, True)
    assert "hanya ditampilkan sekali ini" in err
    assert secret not in err
    assert call(tmp_path, "token")[1] != out
    path = served(Places(tmp_path)).tokens
    kept = path.read_text(encoding="utf-8")
    assert secret not in kept
    assert [entry["label"] for entry in json.loads(kept)["tokens"]] == ["bps-kabupaten", "pendamping"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    _, listed, _ = call(tmp_path, "token", "--list")
    assert [line.split()[1] for line in listed.splitlines()] == ["bps-kabupaten", "pendamping"]
    assert secret not in listed
    assert call(tmp_path, "token", "--revoke", "bps-kabupaten")[0] == 0
    assert "bps-kabupaten" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["token", "--revoke", "lain"], "tidak ada"),
        (["token", "a/b"], "huruf, angka"),
        (["token", "x", "--list"], "--list"),
        (["serve", "--port", "abc"], "harus angka"),
        (["serve", "--port", "99999"], "tidak dapat dipakai"),
        (["serve", "--host", "tidak.ada.invalid"], "tidak dapat dipakai"),
    ],
)
def test_wrong_calls_are_one_line(tmp_path: Path, words: list[str], told: str) -> None:
    code, out, err = call(tmp_path, *words)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert told in err


def test_damaged_tokens_are_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tokens.json").write_text("{")
    code, _, err = call(tmp_path, "token", "--list")
    assert (code, "rusak" in err) == (2, True)


def test_a_port_that_is_taken_is_one_line(cantik: Cantik, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = cantik(tmp_path, "serve", "--port", str(other.getsockname()[1]))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "sedang dipakai program lain" in done.stderr
    assert "--port" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a whole console")
def test_it_serves_until_it_is_interrupted(public_home: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "pipelines", "serve", "--port", "0"],
        env=os.environ | {"CANTIK_HOME": str(public_home)},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stderr
    line = server.stderr.readline()
    assert "Peringatan" not in line
    address = line.split()[1]
    assert address.startswith("http://127.0.0.1:")
    assert httpx.get(f"{address}health", timeout=60).json()["status"] == "ok"
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=60)
    assert (server.returncode, out, err.strip()) == (130, "", "cantik: dihentikan.")


def test_help_names_both() -> None:
    told = parser().format_help()
    assert "Layani halaman web" in told
    assert "Buat token" in told
