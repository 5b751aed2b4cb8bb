"""`qa-bot serve`: the same chat in a real browser, offline, for nobody else's page, and gone when the server is."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from qa_bot.config import Settings
from tests.chat.browser_client import CHROMIUM, browser
from tests.commands.run_command import QA_BOT, call, only_line


@asynccontextmanager
async def served(settings: Settings, *more: str) -> AsyncIterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address of a server of one's own, and its process."""
    folders = ["--seeds", f"{settings.seeds}", "--index", f"{settings.index}"]
    with subprocess.Popen(
        [QA_BOT, "serve", "--port", "0", *folders, *more], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[0], process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(300)


def children(process: int) -> list[int]:
    """The processes that a process started and that still run."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return [int(pid) for pid, parent, state in rows if int(parent) == process and not state.startswith("Z")]


def gone(process: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout
    return not state or state.startswith("Z")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
async def test_a_question_is_asked_and_answered_in_a_browser(built: Settings, tmp_path: Path) -> None:
    async with served(built) as (address, server), browser(tmp_path / "profile") as page:
        await page.open(address)
        await page.until("up to date")
        await page.type("What needs to improve in South Tyneside's social work practice?")
        await page.press("Enter", 13)
        screen = await page.until("003_7a3598a8e012728e.txt:33")
        assert "The quality of social work assessments and plans" in screen
        await page.press("Tab", 9)
        await page.until("c copy")
        await page.press("F1", 112)
        await page.until("escape closes")
        await page.photograph(tmp_path / "page.png")
        assert (tmp_path / "page.png").stat().st_size > 20_000  # not an empty page
        assert len(page.fetched) >= 5
        assert all(url.partition("://")[2].startswith(address.partition("://")[2]) for url in page.fetched)
        (chat,) = children(server.pid)
        await page.press("q", 81, modifiers=2)
        while not gone(chat):
            time.sleep(0.02)
        while "-closed" not in str(await page.evaluate("document.body.className")):
            time.sleep(0.02)


async def test_other_pages_and_other_names_are_kept_out(built: Settings) -> None:
    async with served(built) as (address, _), aiohttp.ClientSession() as session:
        host = address.removeprefix("http://").rstrip("/")
        for headers, status in (
            ({}, 200),
            ({"Origin": f"http://{host}"}, 200),
            ({"Origin": "http://elsewhere.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Host": "elsewhere.example"}, 403),
            ({"Host": "localhost:9000"}, 200),
        ):
            async with session.get(address, headers=headers) as response:
                assert response.status == status, headers
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{address}ws", headers={"Origin": "http://elsewhere.example"})
        async with session.get(address) as response:
            assert "https://" not in await response.text()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_no_chat_outlives_the_server(built: Settings, how: signal.Signals) -> None:
    async with served(built) as (address, server), aiohttp.ClientSession() as session:
        pages = [await session.ws_connect(f"{address}ws") for _ in range(2)]
        for page in pages:
            while b"5 documents" not in (await page.receive_bytes()):
                pass
        chats = children(server.pid)
        assert len(chats) == 2
        server.send_signal(how)
        assert server.wait(300) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
        while not all(map(gone, chats)):
            time.sleep(0.02)
        for page in pages:
            await page.close()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--host", "0.0.0.0"], "0.0.0.0 is open to other machines: anybody who can reach it can read the documents"),
        (["--host", "::"], "If that is meant, add --public"),
        (["--host", "no such host"], "there is no address called 'no such host'; leave --host out"),
        (["--port", "70000"], "the port must be a number from 0 (any that is free) to 65535, not 70000"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], told: str) -> None:
    assert told in only_line(call("serve", *arguments, cwd=tmp_path))


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = only_line(call("serve", "--port", port, cwd=tmp_path))
    assert f"cannot listen on 127.0.0.1, port {port}: it is in use already; choose another with --port" in line


async def test_open_to_others_only_when_asked_and_with_a_warning(built: Settings, tmp_path: Path) -> None:
    folders = ["--seeds", f"{built.seeds}", "--index", f"{built.index}"]
    with subprocess.Popen(
        [QA_BOT, "serve", "--port", "0", "--host", "0.0.0.0", "--public", *folders],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QA_BOT_QUIET": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        port = process.stdout.readline().split(":")[2].split("/")[0]
        assert "warning: 0.0.0.0 is open to other machines" in process.stderr.readline()
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/", headers={"Host": "my-machine"}) as page,
        ):
            assert page.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(300) == 0
