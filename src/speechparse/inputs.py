"""Which inputs the arguments of a command name: files, folders, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from speechparse.errors import InputError

SUFFIXES = (".txt", ".html", ".htm", ".md")
STDIN = "-"


class NamedSource(NamedTuple):
    """An input and the name that the user knows it by."""

    name: str
    source: Path | bytes


def resolve(arguments: Iterable[str], *, stdin: BinaryIO) -> Iterator[NamedSource | InputError]:
    """The inputs that the arguments name, in their order; what can't be found comes as the InputError that says so.

    An argument is a file, a folder (its .txt, .html, .htm and .md files at any depth, sorted; README and hidden files
    are no speeches) or `-` for standard input. An error is a value here, so that the inputs after it are still read.
    """
    for argument in arguments:
        path = Path(argument)
        if argument == STDIN:
            yield NamedSource(argument, stdin.read())
        elif path.is_dir():
            files = sorted(_speech_files(path))
            if not files:
                problem = f"no {', '.join(SUFFIXES)} file in this folder"
                yield InputError(
                    _shown(argument), problem, "name a folder that holds speeches, or the files themselves"
                )
            yield from (NamedSource(_shown(str(file)), file) for file in files)
        elif path.exists():  # not is_file(): a pipe such as <(zcat speech.gz) is read like a file
            yield NamedSource(_shown(argument), path)
        else:
            yield InputError(_shown(argument), "no such file or folder", "check the name")


def is_readme(name: str) -> bool:
    """Whether a file of this name (without folders) speaks of those beside it: it is a speech only if it was named."""
    return name.upper() == "README" or name.rpartition(".")[0].upper() == "README"


def _speech_files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in SUFFIXES and not is_readme(file.name) and not hidden and file.is_file():
            yield file


def _shown(name: str) -> str:
    """The name as text that can be printed: old archives hold file names in GBK, which no UTF-8 output can take."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
