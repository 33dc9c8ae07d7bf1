"""`re` and `regex`, but for `compile`: a pattern is compiled when it is first used.

The package has some seven hundred patterns. To compile them takes as long as to import everything else, and an
undamaged text needs half of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re as re

    import regex as regex


class _Compiled:
    """A pattern of which each method is that of the compiled one."""


class _Pattern:
    """A pattern that becomes `_Compiled` when something other than its text is asked for."""

    def __init__(self, compile: Any, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._compile = compile
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = self._compile(self.pattern, self._flags)
        methods = {each: getattr(compiled, each) for each in dir(compiled) if not each.startswith("_")}
        self.__dict__ |= methods  # another thread may be at the same place: nothing that it asks for goes
        self.__class__ = _Compiled  # type: ignore[assignment]  # a class with `__getattr__` finds all else slower, too
        return getattr(self, name)


class _Lazily:
    """A module of patterns."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def compile(self, pattern: str, flags: int = 0) -> _Pattern:
        return _Pattern(self._module.compile, pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        setattr(self, name, value)
        return value


if not TYPE_CHECKING:
    import re

    import regex

    re, regex = _Lazily(re), _Lazily(regex)
