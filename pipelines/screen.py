"""What an officer sees while the pipeline works: rich on stderr, so that stdout stays data."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


def asked(question: str, instead: str) -> str:
    """The officer's answer. Raises OfficerError, naming the call to make instead, where nobody sits at a terminal."""
    if not sys.stdin.isatty():
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
