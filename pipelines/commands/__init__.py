"""One module a command of `cantik`; none imports Prefect but `run`, `demo` and `schedule`."""
