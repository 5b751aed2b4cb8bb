"""`qa-bot serve`: the chat in a browser, for this machine alone unless told otherwise."""

import argparse
import sys
from typing import TYPE_CHECKING

from qa_bot.commands.options import add_command, common, data, quotes
from qa_bot.config import Settings
from qa_bot.errors import SettingsError

if TYPE_CHECKING:
    import socket

    from qa_bot.commands.options import Commands

OPEN = "anybody who can reach it can read the documents and your saved conversations, and save files as you; there is no password"


def configure(commands: "Commands") -> None:
    """Add the command."""
    about = "show the chat in a web browser, on this machine alone"
    serve = add_command(commands, "serve", about, run, common(), quotes(), data())
    serve.add_argument("--host", metavar="ADDRESS", default="127.0.0.1", help="where to listen (default: %(default)s)")
    serve.add_argument(
        "--port", metavar="N", type=int, default=8000, help="the port (default: %(default)s; 0 is any that is free)"
    )
    serve.add_argument(
        "--public", action="store_true", help="listen even where other machines can reach it; there is no password"
    )


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Show the chat in a browser."""
    return serve(settings, args.host, args.port, public=args.public)


def serve(settings: Settings, host: str, port: int, *, public: bool) -> int:
    """Serve until Ctrl-C; SettingsError where that cannot be."""
    import ipaddress

    try:
        from qa_bot.chat.browser.server import ChatServer
    except ModuleNotFoundError as error:
        raise SettingsError(f"{error}; qa-bot serve needs it: pip install textual-serve") from None
    family, address = resolve(host)
    if not ipaddress.ip_address(address).is_loopback:
        if not public:
            raise SettingsError(f"{host} is open to other machines: {OPEN}. If that is meant, add --public")
        print(f"qa-bot: warning: {host} is open to other machines: {OPEN}", file=sys.stderr, flush=True)
    with listen(family, address, port) as listening:
        name = f"[{host}]" if ":" in host else host
        print(f"http://{name}:{listening.getsockname()[1]}/  (stop with Ctrl-C)", flush=True)
        ChatServer(settings, public).run(listening)
    return 0


def resolve(host: str) -> tuple[int, str]:
    """The address family and the address that a name stands for; SettingsError where it stands for none."""
    import socket

    try:
        family, _, _, _, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise SettingsError(f"there is no address called {host!r}; leave --host out for this machine alone") from None
    return family, str(address[0])


def listen(family: int, address: str, port: int) -> "socket.socket":
    """A socket at an address; SettingsError where there can be none."""
    import errno
    import socket

    try:
        return socket.create_server((address, port), family=family)
    except OverflowError:
        raise SettingsError(f"the port must be a number from 0 (any that is free) to 65535, not {port}") from None
    except OSError as error:
        why = "it is in use already" if error.errno == errno.EADDRINUSE else error.strerror
        raise SettingsError(f"cannot listen on {address}, port {port}: {why}; choose another with --port") from None
