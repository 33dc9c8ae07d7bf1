"""The one place that loads jieba, and its dictionary as word frequencies.

jieba keeps a cache of its dictionary in the shared folder for temporary files and reads back whatever lies there
under its name. Here the cache is in a folder of the user's own.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple


class Dictionary(NamedTuple):
    """Words with how often they were seen, out of `total`. The beginnings of words are there too, with 0."""

    frequency: Mapping[str, int]
    total: int


def _cache_folder() -> Path:
    """A folder that only this user can write; a new one for this process where there is none to be had."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "speechparse"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK) and (os.name == "nt" or folder.stat().st_uid == os.getuid()):
            return folder
    except (OSError, RuntimeError):
        pass  # no home, or one that can't be written: a container, a service account
    return Path(tempfile.mkdtemp(prefix="speechparse-"))


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """jieba's own tokenizer with its dictionary loaded (the first time takes about half a second)."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    if not jieba.dt.initialized:
        jieba.dt.tmp_dir = str(_cache_folder())
        jieba.dt.initialize()
    return jieba.dt


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """jieba's dictionary. Its words are in simplified characters."""
    loaded = tokenizer()
    return Dictionary(loaded.FREQ, loaded.total)


@lru_cache(maxsize=1)
def tags() -> Mapping[str, str]:
    """The part of speech of each word of jieba's dictionary, as it stands there (`n`, `ns`, `v`, `d` …)."""
    import jieba

    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: tag for word, _, tag in (line.split(" ") for line in lines)}
