"""A second, independent implementation of the core indicators in plain loops, to check the pipeline by."""
