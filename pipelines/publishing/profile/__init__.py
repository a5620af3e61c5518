"""The profile that a lurah shows: one page for a browser, one PDF for the archive, one sheet for the wall."""
