"""Many documents: read, run in parallel, store, resume, group reposts, export."""

from __future__ import annotations

from speechparse.archive.run import Summary, build
from speechparse.archive.sources import Columns, Limits

__all__ = ["Columns", "Limits", "Summary", "build"]
