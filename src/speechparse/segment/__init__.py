"""From clean text to speeches and their sections."""

from __future__ import annotations

from speechparse.segment.speeches import split_speeches

__all__ = ["split_speeches"]
