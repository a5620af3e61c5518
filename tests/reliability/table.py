"""The table that a run of these tests prints: property, method, target, and what this run measured."""

from collections import Counter

# ruff: noqa: E501 - a row of the table is a line
HEAD = ("property", "method", "target", "measured")
ROWS = (
    ("killed at every step", "kill -9 before each step of 19 stages, then one more run", "0 differ of 340", "{stage} kills, 0 differ"),
    ("killed at random steps", "a later run with mended and new files, killed once or often", "0 differ of 160", "{random} kills, 0 differ"),
    ("killed otherwise", "backup, restore, rebuild, forget, correct, withdraw, removal, at steps", "0 differ of 200", "{other} kills, 0 differ"),
    ("acknowledged receipts", "the ledger after every kill, and each file it names", "0 lost of 500 kills", "0 lost of {all_kills}"),
    ("spoiled files", "bits, pages, ends of 10 kinds of file; pull, status, run, mend", "0 silent of 300", "{spoiled} spoiled, 0 silent"),
    ("two runs at once", "pairs of processes on one home", "one writes, 50 of 50", "{pairs} of {pairs}"),
    ("full disk", "a limit on a file's size; a disk that is 250 kB larger each time", "0 lost, one sentence", "{limits} limits, {disks} disks, 0 lost"),
    ("wrong clock", "1970, 2038, a day off, jumping back between two runs", "same tables", "{clocks} clocks, same tables"),
    ("readers while publishing", "100 replacements under 8 readers", "0 errors, 0 torn", "{replaced} replaced, {opened} opened, 0 torn"),
    ("restored office", "a backup on an empty home, both stores and reports by hash", "12 of 12 identical", "{restored} of {restored} identical"),
    ("backup while runs go on", "another process feeds and runs; each backup read back", "all whole", "{backups} whole"),
    ("Prefect fails", "database spoiled or locked; server foreign, gone, late, killed in a run", "all finish, same", "{prefect} finished, same"),
    ("outages of the schedule", "all killed, also within a run; times that passed meanwhile", "one run each", "{outages} outages, one run each"),
    ("people outside the raw stores", "200 markers on every path, each byte and row searched", "0 found", "{markers} markers, 0 found"),
    ("forgotten persons", "NIK and name in every byte; all other rows compared", "0 found, 0 others differ", "{forgotten} forgotten, 0 found"),
    ("corrected values", "entered, mended, contradicted, taken back; rebuilt from the kept files", "8 histories, same", "{corrected} histories, same"),
    ("old workbooks removed", "under right and wrong clocks, put back, rebuilt and restored after", "0 present rows lost", "{removals} removals or refusals, 0 lost"),
    ("access log", "lines changed, taken out, moved", "all noticed", "{links} of {links} noticed"),
)  # fmt: skip


def table(counted: Counter[str]) -> list[str]:
    """The lines of the table. What a quick run leaves out is smaller than its target or 0."""
    seen = Counter(counted)
    seen["all_kills"] = seen["stage"] + seen["random"] + seen["other"]
    names = {name for row in ROWS for name in _fields(row[3])}
    rows = [HEAD, *((a, b, c, d.format(**{name: seen[name] for name in names})) for a, b, c, d in ROWS)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _fields(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]
