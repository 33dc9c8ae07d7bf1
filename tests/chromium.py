"""A headless Chromium that opens a page, presses keys and runs JavaScript, over its pipe for debuggers.

The DevTools protocol: JSON messages ended by NUL, written to file descriptor 3 of the browser and read from its 4.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}  # the codes that the protocol wants for them
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync", "--remote-debugging-pipe"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1400,1000"),
)


class Browser:
    """One page. `troubles` are the errors and messages of its console, `requests` what it has fetched."""

    def __init__(self, to: int, answers: int) -> None:
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self._to, self._answers = to, os.fdopen(answers, "rb")
        self._count, self._session = 0, ""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")

    def open(self, file: Path) -> None:
        self._ask("Page.navigate", url=file.as_uri())
        self.wait_until_loaded()

    def wait_until_loaded(self) -> None:
        while self._read().get("method") != "Page.loadEventFired":
            pass

    def run(self, script: str) -> Any:
        """The value of an expression, which may be a promise."""
        said = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def press(self, *keys: str) -> None:
        """Keys one after the other, as a user presses them."""
        for key in keys:
            code = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key]}
            text = {"Enter": "\r", " ": " "}.get(key)
            self._ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **code, text=text or "")
            self._ask("Input.dispatchKeyEvent", type="keyUp", **code)

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]  # type: ignore[no-any-return]

    def _read(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "Chromium has ended"
            message += byte
        answer: dict[str, Any] = json.loads(message)
        said = answer.get("params", {})
        match answer.get("method"):
            case "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded":
                self.troubles.append(str(said))
            case "Network.requestWillBeSent":
                self.requests.append(said["request"]["url"])
        return answer


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with its profile in `folder`, ended behind the block."""
    commands, to = os.pipe()
    answers, back = os.pipe()

    def as_3_and_4() -> None:
        kept = os.dup(back)  # either may be 3 or 4 already
        os.dup2(commands, 3)
        os.dup2(kept, 4)

    process = subprocess.Popen(
        [str(CHROMIUM), *OPTIONS, f"--user-data-dir={folder / 'profile'}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(3, 4, commands, back),
        preexec_fn=as_3_and_4,
    )
    os.close(commands)
    os.close(back)
    try:
        yield Browser(to, answers)
    finally:
        process.kill()
        process.wait(timeout=20)
        os.close(to)
