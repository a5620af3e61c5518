"""Hostile and broken files of our own making, each with the verdict that was written down before it was first read.

All persons are invented; the files are made when the tests run, so none lies in the repository.
"""
