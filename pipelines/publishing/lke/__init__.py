"""The packet for the evaluation sheet (LKE) of Desa/Kelurahan Cantik: what a release proves, read from its files."""
