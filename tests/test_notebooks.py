"""The notebooks run from beginning to end, and are kept without output."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from places import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.name)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@each_notebook
def test_it_runs(file: Path) -> None:
    """nbclient raises the first error of a cell."""
    notebook = nbformat.read(file, as_version=4)
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": file.parent}})
    client.execute()
    tables = [
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert tables
    assert all("<tbody>" in table and "<td>" in table for table in tables)


@each_notebook
def test_it_is_kept_without_output(file: Path) -> None:
    """So that a change of a notebook is a change of its text and code alone."""
    notebook = nbformat.read(file, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code if cell.outputs or cell.execution_count] == []
