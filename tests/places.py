"""Where the tests find their material."""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
SAMPLES = REPOSITORY / "data" / "samples"
LEXICONS = REPOSITORY / "data" / "lexicons"
CLEAN_SAMPLES = Path(__file__).parent / "samples"
SHARED = REPOSITORY.parent / "shared"

SAMPLE_FILES = sorted(file for file in SAMPLES.iterdir() if file.suffix in (".txt", ".html"))
INPUT_FILES = sorted(SHARED.glob("inputs/*"))
