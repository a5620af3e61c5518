"""The profile in its four files: what a reader and a machine read back is what the release says."""
