"""A real browser without a window, driven through the DevTools protocol."""

import asyncio
import base64
import itertools
import os
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --remote-debugging-port=0 --window-size=1100,700"
).split()
FIND_TERMINAL = """
Object.defineProperty(Object.prototype, "_core", {
  configurable: true,
  set(core) {
    Object.defineProperty(this, "_core", {value: core, writable: true, configurable: true});
    if (core && core.buffer !== undefined && this.loadAddon) window.terminal = this;
  },
});
"""
"""The page keeps its terminal to itself; this lets the test read what is on it."""
ROWS = """(() => {
  if (!window.terminal) return "";
  const buffer = terminal.buffer.active, rows = [];
  for (let y = 0; y < terminal.rows; y++) rows.push(buffer.getLine(y).translateToString(true));
  return rows.join("\\n");
})()"""


class Page:
    """A page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.fetched: list[str] = []

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """One command of the protocol; what happened meanwhile is looked at for what the page fetched."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._socket.receive_json()
            if message.get("method") == "Network.requestWillBeSent":
                self.fetched.append(message["params"]["request"]["url"])
            elif message.get("method") == "Network.webSocketCreated":
                self.fetched.append(message["params"]["url"])
            elif message.get("id") == number:
                assert "error" not in message, message
                return dict(message["result"])

    async def open(self, address: str) -> None:
        for domain in ("Page", "Network", "Runtime"):
            await self.call(f"{domain}.enable")
        await self.call("Page.addScriptToEvaluateOnNewDocument", source=FIND_TERMINAL)
        await self.call("Page.navigate", url=address)

    async def screen(self) -> str:
        """The rows of the terminal in the page, as the terminal understood them."""
        return str((await self.evaluate(ROWS)) or "")

    async def evaluate(self, script: str) -> object:
        answer = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    async def until(self, words: str) -> str:
        """The screen once the words are on it."""
        for _ in range(6000):
            if words in (screen := await self.screen()):
                return screen
            await asyncio.sleep(0.05)
        raise AssertionError(f"{words!r} is not on this screen:\n{screen}")

    async def type(self, text: str) -> None:
        await self.call("Input.insertText", text=text)

    async def press(self, key: str, code: int, modifiers: int = 0) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, modifiers=modifiers
            )

    async def photograph(self, target: Path) -> None:
        target.write_bytes(base64.b64decode((await self.call("Page.captureScreenshot"))["data"]))


@asynccontextmanager
async def browser(profile: Path) -> AsyncIterator[Page]:
    """A browser of one's own with an empty page; gone at the end."""
    assert CHROMIUM is not None
    command = [CHROMIUM, *QUIET, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        door = profile / "DevToolsActivePort"
        while not (door.exists() and door.read_text().strip()):
            assert process.poll() is None, f"{CHROMIUM} ended with exit code {process.returncode}"
            await asyncio.sleep(0.05)
        port = door.read_text().split()[0]
        async with aiohttp.ClientSession() as session:
            pages = await (await session.get(f"http://127.0.0.1:{port}/json")).json()
            (address,) = (page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
            async with session.ws_connect(address, max_msg_size=0) as socket:
                yield Page(socket)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
