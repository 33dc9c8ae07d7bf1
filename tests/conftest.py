"""Fixtures and settings that several test modules share."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from places import SHARED

import speechparse as sp

# The pages and the tests are written in English, whatever the language of the machine.
os.environ.pop("LANGUAGE", None)
os.environ["LC_ALL"] = "C.UTF-8"

# No deadline: the first example of a test also loads dictionaries, and machines differ.
settings.register_profile("speechparse", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("speechparse")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development material beside the repository; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the development material ../shared is not here; this test compares with it")
    return SHARED


@pytest.fixture(scope="session")
def parsed() -> Callable[[Path], sp.Document]:
    """Parses a file once in a test session."""
    return cache(lambda path: sp.parse(path))
