"""What an officer sees while the pipeline works: rich on stderr, so that stdout stays data."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from shlex import quote

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from pipelines.errors import OfficerError
from pipelines.inert import one_line

console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    """One line for the officer. File names and cells in it are text: no markup, no emoji, no commands to a terminal."""
    console.print(one_line(line), markup=False, emoji=False)


def in_home(home: object, words: str, platform: str = sys.platform) -> str:
    """A call for another home, as the officer's shell takes it: PowerShell on Windows."""
    if platform == "win32":
        quoted = str(home).replace("'", "''")
        return f"$env:CANTIK_HOME='{quoted}'; uv run {words}"
    return f"CANTIK_HOME={quote(str(home))} uv run {words}"


def somebody_answers() -> bool:
    """Whether a person sits at the input. Windows takes `NUL` for a terminal, and only a console is read as one."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    return sys.platform != "win32" or type(getattr(sys.stdin.buffer, "raw", None)).__name__ == "_WindowsConsoleIO"


def asked(question: str, instead: str) -> str:
    """The officer's answer. Raises OfficerError, naming the call to make instead, where nobody sits at a terminal."""
    if not somebody_answers():
        raise OfficerError(f"Tidak dapat bertanya di sini. Pakai: {instead}")
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


@contextmanager
def counting(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar over files; yields `progress(done, of)`."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
