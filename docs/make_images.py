"""Make the pictures of docs/images from the samples: the terminal, a notebook's output, the report page.

    python docs/make_images.py

Needs Chromium for the pages, pdftoppm (poppler) for the printed one, and a monospaced font with Chinese characters.
Look at each picture before you commit it.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

import speechparse as sp
from speechparse.outputs import report, terminal

REPOSITORY = Path(__file__).parents[1]
SAMPLES = REPOSITORY / "data" / "samples"
IMAGES = Path(__file__).parent / "images"
PAGE = SAMPLES / "02-mobilisation-pinyin.txt"
LIGHT, DARK = "--blink-settings=preferredColorScheme=1", "--blink-settings=preferredColorScheme=0"
# two columns for a Chinese character, as terminals have it
SHELL = (
    '<!DOCTYPE html><meta charset="utf-8"><style>{stylesheet}</style>'
    '<body style="background:{background};color:{foreground};margin:1em"><pre style="font:15px/1.35 '
    "'Noto Sans Mono CJK SC','WenQuanYi Zen Hei Mono',monospace\">{command}"
    '<code style="font-family:inherit">{code}</code></pre>'
)
FRAME = '<!DOCTYPE html><meta charset="utf-8"><body style="font-family:sans-serif;width:60em">'


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium was found; install it to make the pictures")
    IMAGES.mkdir(exist_ok=True)
    document = sp.parse(PAGE, name=PAGE.name)
    with tempfile.TemporaryDirectory() as folder:
        pages = {"report": Path(folder, "report.html"), "notebook": Path(folder, "notebook.html")}
        report.write([document], pages["report"])
        pages["notebook"].write_text(FRAME + document._repr_html_(), encoding="utf-8")
        shell = Path(folder, "terminal.html")
        shell.write_text(terminal_picture(document), encoding="utf-8")
        for name, page, size, options in (
            ("report-light", pages["report"], (1400, 1100), [LIGHT]),
            ("report-dark", pages["report"], (1400, 1100), [DARK]),
            ("report-phone", pages["report"], (420, 1100), [LIGHT]),
            ("notebook", pages["notebook"], (1000, 900), [LIGHT]),
            ("terminal", shell, (1120, 520), [LIGHT]),
        ):
            width, height = size
            shot = [f"--window-size={width},{height}", f"--screenshot={IMAGES / name}.png", *options]
            run(chromium, folder, [*shot, page.as_uri()])
        printed = Path(folder, "print.pdf")
        run(chromium, folder, [f"--print-to-pdf={printed}", "--no-pdf-header-footer", pages["report"].as_uri()])
        subprocess.run(["pdftoppm", "-png", "-r", "60", "-singlefile", printed, IMAGES / "report-print"], check=True)


def terminal_picture(document: sp.Document) -> str:
    """What `speechparse targets` prints, as a terminal shows it."""
    screen = Console(record=True, file=io.StringIO(), width=140, force_terminal=True, highlight=False)
    console, terminal.console = terminal.console, lambda stream: screen
    try:
        terminal.write([document], sys.stdout, every=False)
    finally:
        terminal.console = console
    command = f"$ speechparse targets data/samples/{PAGE.name}\n"
    shown = screen.export_html(theme=MONOKAI, code_format=SHELL.replace("{command}", command))
    # the font draws these as wide as Chinese characters, a terminal does not
    return re.sub("[≥≤≈–…─]", r'<span style="display:inline-block;width:.5em">\g<0></span>', shown)


def run(chromium: str, folder: str, arguments: list[str]) -> None:
    still = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--hide-scrollbars")
    quiet = ("--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder}/profile")
    subprocess.run([chromium, *still, *quiet, *arguments], check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main()
