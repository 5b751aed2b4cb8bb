"""The web server of textual-serve, with a page that loads nothing from other servers, and closed to other web pages."""

import asyncio
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server

from qa_bot.chat.browser import driver
from qa_bot.config import Settings

OURSELVES = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names by which this machine calls itself."""
GRACE = 2.0
"""Seconds in which open chats and pages may end by themselves when the server stops."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ChatServer(Server):
    """Serves the chat to browsers."""

    def __init__(self, settings: Settings, public: bool = False) -> None:
        """With `public`, requests that call this machine by other names are served, too."""
        super().__init__(command(settings), title="qa-bot", templates_path=Path(__file__).parent)
        self._public = public
        self._open: set[asyncio.Task[object]] = set()

    def run(self, listening: socket.socket) -> None:
        """Serve until interrupted; then all chats end."""
        web.run_app(self._make_app(), sock=listening, print=None, access_log=None, shutdown_timeout=GRACE)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._only_our_page)
        return app

    @web.middleware
    async def _only_our_page(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse requests of other web pages in the user's browser, which name their origin."""
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            raise web.HTTPForbidden(text="qa-bot serves its own page only\n")
        if not self._public and request.url.host not in OURSELVES:
            raise web.HTTPForbidden(text="qa-bot serves this machine only\n")
        return await handler(request)

    async def on_startup(self, app: web.Application) -> None:
        """Print nothing: the command has printed the address."""

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a chat for as long as its page is open."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._open.discard(task)

    async def on_shutdown(self, app: web.Application) -> None:
        """Tell the chats to quit; wait a moment for them, and a moment for their pages to close."""
        for _ in range(2):
            for task in self._open:
                task.cancel()
            if self._open:
                await asyncio.wait(self._open, timeout=GRACE)


def command(settings: Settings) -> str:
    """The shell command of one chat. `exec` makes the chat a direct child of the server, without a shell between the two."""
    chat = ["chat", "--seeds", f"{settings.seeds}", "--index", f"{settings.index}", "--model", settings.model]
    chat += ["--reader", settings.reader]
    chat += ["--data", f"{settings.data}"] if settings.data else []
    environment = ["env", f"TEXTUAL_DRIVER={driver.NAME}"]
    return "exec " + shlex.join([*environment, sys.executable, "-P", "-m", "qa_bot", *chat, "-k", f"{settings.k}"])
