"""One module a command of `cantik`, `mapping` for `check`; none imports Prefect but `run`, `demo` and `schedule`."""
