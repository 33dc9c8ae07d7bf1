"""The time that one document may take. Work on a document asks now and then whether it is over.

Nothing is interrupted: no signal, no thread, no process is needed, so it works in any thread and on any platform. The
price is that a single step, such as one pattern over the whole text, is always finished; see `ParseOptions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import NamedTuple, TypeVar

from speechparse.errors import TimeLimitError

T = TypeVar("T")


class _Limit(NamedTuple):
    ends: float
    seconds: float
    source: str


_limit: ContextVar[_Limit | None] = ContextVar("speechparse.time_limit", default=None)


@contextmanager
def limited(seconds: float | None, source: str) -> Iterator[None]:
    """What is done within may take so many seconds (None: any time) on account of the input named `source`."""
    if seconds is None:
        yield
        return
    before = _limit.set(_Limit(monotonic() + seconds, seconds, source))
    try:
        yield
    finally:
        _limit.reset(before)


def check() -> None:
    """Raise TimeLimitError if the time of the document is over. Without a limit it does nothing."""
    limit = _limit.get()
    if limit is not None and monotonic() > limit.ends:
        raise TimeLimitError(limit.source, limit.seconds)


def checked(things: Iterable[T]) -> Iterable[T]:
    """The things, with a check before each where the time of the document is limited."""
    return things if _limit.get() is None else _checked(things)


def _checked(things: Iterable[T]) -> Iterator[T]:
    for thing in things:
        check()
        yield thing
