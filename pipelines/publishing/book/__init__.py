"""Kelurahan Dalam Angka: the declared tables as a workbook, as open data and as SDMX."""
