"""The one exception tree of the package.

    SpeechparseError
    ├── InputError          an input can't be read; names the input and says what to do
    │   └── TimeLimitError  it takes longer than `ParseOptions.time_limit`
    ├── OutputError         a file can't be written; names the file and says what to do
    ├── LexiconError        a lexicon row is wrong; names the file and the line
    ├── OptionsError        an option has a value it can't have
    ├── ArchiveError        an archive can't be read, written or go on; says what to do
    ├── MissingFontError    no font with Chinese characters; says how to get one
    ├── MissingExtraError   an optional package is not installed; names the extra to install
    └── ValueParseError     a value parser did not understand its text; says which part
"""

from __future__ import annotations


class SpeechparseError(Exception):
    """Everything speechparse raises on purpose derives from this."""


class InputError(SpeechparseError):
    """An input can't be read.

    `source` is its name as given, `problem` what is wrong with it, `advice` what the user can do about it.
    """

    def __init__(self, source: str, problem: str, advice: str) -> None:
        super().__init__(f"{source}: {problem}; {advice}")
        self.source = source
        self.problem = problem
        self.advice = advice


class TimeLimitError(InputError):
    """An input takes longer than it may; `seconds` is how long that was."""

    def __init__(self, source: str, seconds: float) -> None:
        super().__init__(source, f"took longer than {seconds:g} s", "give it more time, or a part of it")
        self.seconds = seconds


class OutputError(SpeechparseError):
    """A file can't be written.

    `target` is its name as given, `problem` what is wrong, `advice` what the user can do about it.
    """

    def __init__(self, target: str, problem: str, advice: str) -> None:
        super().__init__(f"{target}: {problem}; {advice}")
        self.target = target
        self.problem = problem
        self.advice = advice


class LexiconError(SpeechparseError):
    """A row of a lexicon is wrong: `file` and `line` (1-based) say where."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}")
        self.file = file
        self.line = line


class OptionsError(SpeechparseError, ValueError):
    """An option has a value it can't have."""


class ArchiveError(SpeechparseError):
    """An archive can't be read, written or go on."""


class MissingExtraError(SpeechparseError, ImportError):
    """An optional package is missing."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed; install it with: pip install 'speechparse[{extra}]'")


class MissingFontError(SpeechparseError):
    """No font with Chinese characters is installed."""

    def __init__(self) -> None:
        super().__init__(
            "no font with Chinese characters is installed, so a plot would show boxes; install one, such as Debian's "
            "fonts-noto-cjk or Noto Sans SC from fonts.google.com, and delete matplotlib's font cache"
        )


class ValueParseError(SpeechparseError, ValueError):
    """A value parser did not understand its text.

    `kind` is what it was asked for (`number`, `percentage`, `amount`, `date`), `text` what it was given, `problem` says
    which part was not understood.
    """

    def __init__(self, kind: str, text: str, problem: str) -> None:
        super().__init__(f"{text!r} is not understood as {'an' if kind == 'amount' else 'a'} {kind}: {problem}")
        self.kind = kind
        self.text = text
        self.problem = problem
