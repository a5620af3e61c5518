"""An invented village as RTs would report it: believable people, real habits, known mistakes."""

from pipelines.sample.home import make_sample

__all__ = ["make_sample"]
