"""Every rule of `schemas/rules.toml` on a real workbook that breaks it, and on the same workbook without the fault."""

import sys; print(sys.path)
