"""Read-only pages and HTTP API over what is published. Knows no path to the warehouse, imports nothing of it."""
