"""How smooth the chat is: the gaps of its event loop, and the memory of a turn.

    python -m tests.bench.smooth                     a table, then one JSON line
    python -m tests.bench.smooth --turns 40 --where  with the stack at each long gap, to find its cause

The real application with the real model over a copy of seeds/, in a process of its own on a terminal of its own. A tick of
60 Hz runs in its event loop; a gap is the time from one tick to the next, less the sixtieth of a second it asked for. `max`
is wall time, as a user sees it; `own` is the part of it in which the process had the processor, which a busy machine does not
stretch. The index is made from nothing while questions are asked, then come the turns of one long conversation, then what
else one does: scrolling back, unfolding, resizing, opening documents, changing the theme.
"""

import argparse
import asyncio
import gc
import json
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from qa_bot.chat.app import READING, ChatApp
from qa_bot.chat.widgets.conversation import ConversationView
from qa_bot.chat.widgets.question import QuestionInput
from qa_bot.chat.widgets.quote import QuoteView
from qa_bot.config import Settings
from qa_bot.garbage import Garbage

TICK = 1 / 60
LONG = 0.1
"""Seconds: a gap that people notice."""
REPOSITORY = Path(__file__).parents[2]
QUESTIONS = (
    "What needs to improve in South Tyneside's social work practice?",
    "And in 2019?",
    "How is staff morale in North Tyneside?",
    "Who is the Lead Member?",
    "What is the capital of France?",
    "What did inspectors say about caseloads?",
    "Who said that?",
    "When was the letter written?",
    "Are therapeutic services accessible?",
    "How do leaders support social workers?",
)


@dataclass
class Gaps:
    """The gaps of one stretch of work, in seconds."""

    wall: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Milliseconds."""
        p50, p95 = np.percentile(self.wall, [50, 95])
        shown = {"p50": p50, "p95": p95, "max": max(self.wall), "own": max(self.own)}
        return {"ticks": len(self.wall), **{name: round(1000 * float(value), 1) for name, value in shown.items()}}


class Ticker:
    """Ticks in the event loop and notes how late it is; a thread beside it sees where a long gap is spent."""

    def __init__(self, where: bool) -> None:
        self.gaps = Gaps()
        self.stacks: list[str] = []
        self._last = time.monotonic()
        self._main = threading.get_ident()
        if where:
            threading.Thread(target=self._watch, daemon=True).start()

    async def run(self) -> None:
        while True:
            self._last = wall = time.monotonic()
            own = time.process_time()
            await asyncio.sleep(TICK)
            late = max(0.0, time.monotonic() - wall - TICK)
            self.gaps.wall.append(late)
            self.gaps.own.append(min(late, time.process_time() - own))

    @asynccontextmanager
    async def stretch(self) -> AsyncIterator[Gaps]:
        """The gaps of what is done within, and of the garbage collection after it."""
        await asyncio.sleep(2 * TICK)  # what came before is no part of it
        self.gaps = Gaps()
        yield self.gaps
        await asyncio.sleep(READING + 0.5)

    def _watch(self) -> None:
        seen = 0.0
        while True:
            time.sleep(0.005)  # a watch from another thread: how late the loop is now
            late = time.monotonic() - self._last - TICK
            if late > 0.05 and self._last != seen:
                seen = self._last
                frame = sys._current_frames()[self._main]
                self.stacks.append("".join(traceback.format_stack(frame)[-14:]))


def memory() -> float:
    """Resident megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def until(true: Callable[[], object]) -> None:
    while not true():
        await asyncio.sleep(0.01)


async def ask(app: ChatApp, question: str) -> None:
    """Ask, and wait until the answer has been drawn."""
    entry = app.screen.query_one(QuestionInput)
    entry.put(question)
    entry.action_ask()
    number = app.session.asked + 1
    await until(lambda: app.session.asked >= number and app.session.turns[-1].done)
    await asyncio.sleep(0.1)


async def measure(app: ChatApp, turns: list[int], where: bool) -> dict[str, object]:
    """Everything, in order."""
    ticker = Ticker(where)
    ticking = asyncio.create_task(ticker.run())
    found: dict[str, object] = {}
    async with ticker.stretch() as gaps:
        await until(lambda: app.is_running and app.screen.query(QuestionInput))
        for question in QUESTIONS[:3]:
            app.screen.query_one(QuestionInput).put(question)
            app.screen.query_one(QuestionInput).action_ask()
            await asyncio.sleep(0.3)
        await until(lambda: app.session.turns and app.session.turns[-1].done and not app.session.index.updating)
        await asyncio.sleep(0.5)
    found["opening, indexing, asking"] = gaps.figures()
    sizes: dict[int, float] = {}
    asked = len(app.session.turns)
    for until_turn in turns:
        async with ticker.stretch() as gaps:
            for number in range(asked, until_turn):
                await ask(app, QUESTIONS[number % len(QUESTIONS)])
        asked = max(asked, until_turn)
        if gaps.wall:
            found[f"turns to {until_turn}"] = gaps.figures()
        sizes[until_turn] = memory()
    for name, step in (
        ("scrolling back", scroll),
        ("unfolding all", unfold),
        ("resizing", resize),
        ("documents", documents),
        ("themes", themes),
    ):
        async with ticker.stretch() as gaps:
            await step(app)
        found[name] = gaps.figures()
    ticking.cancel()
    (first, low), *_, (last, high) = sizes.items()
    found["memory"] = {f"MB at {turn} turns": round(size, 1) for turn, size in sizes.items()} | {
        "kB a turn": round(1000 * (high - low) / max(1, last - first), 1)
    }
    if where:
        found["stacks"] = ticker.stacks
    return found


async def scroll(app: ChatApp) -> None:
    conversation = app.screen.query_one(ConversationView)
    for _ in range(12):
        for _ in range(6):
            conversation.scroll_page_up(animate=False)
            await asyncio.sleep(0.05)
        conversation.scroll_home(animate=False)
        await asyncio.sleep(0.2)
    conversation.scroll_end(animate=False)
    await asyncio.sleep(0.2)


async def unfold(app: ChatApp) -> None:
    for quote in list(app.screen.query(QuoteView))[-40:]:
        quote.focus()
        quote.action_fold()
        await asyncio.sleep(0.03)


async def resize(app: ChatApp) -> None:
    for width in (100, 80, 60, 120, 160):
        set_size(0, width, 40)
        os.kill(os.getpid(), signal.SIGWINCH)
        await asyncio.sleep(0.3)


async def documents(app: ChatApp) -> None:
    chat = app.screen
    for quote in list(chat.query(QuoteView))[-5:]:
        quote.action_document()
        await until(lambda: app.screen is not chat)
        await asyncio.sleep(0.4)
        await app.pop_screen()
        await asyncio.sleep(0.1)


async def themes(app: ChatApp) -> None:
    for name in list(app.available_themes)[:6]:
        app.theme = name
        await asyncio.sleep(0.2)


def set_size(terminal: int, width: int, height: int) -> None:
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


async def child(settings: Settings, target: Path, turns: list[int], where: bool) -> None:
    app = ChatApp(settings, garbage=Garbage())
    measuring = asyncio.create_task(measure(app, turns, where))

    def done(task: "asyncio.Task[dict[str, object]]") -> None:
        if not task.cancelled():
            error = task.exception()
            target.write_text(json.dumps({"error": repr(error)} if error else task.result()))
        app.exit()

    measuring.add_done_callback(done)
    await app.run_async()


def on_terminal(command: list[str], width: int, height: int) -> None:
    """Run a command on a terminal whose output is read and thrown away."""
    ours, theirs = pty.openpty()
    set_size(theirs, width, height)
    environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("COLUMNS", "LINES", "NO_COLOR"):
        environment.pop(name, None)
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        tail = b""
        while True:
            try:
                tail = (tail + os.read(ours, 65536))[-4000:]
            except OSError:
                break
    if process.returncode:
        raise SystemExit(tail.decode(errors="replace"))
    os.close(ours)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", default="10,100,500", help="at which turns to look (default: %(default)s)")
    parser.add_argument("--size", default="120x40", help="of the terminal (default: %(default)s)")
    parser.add_argument("--where", action="store_true", help="print the stack at each gap over 60 ms")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    turns = [int(turn) for turn in args.turns.split(",")]
    if args.child:
        seeds, index, target = map(Path, args.child)
        asyncio.run(child(Settings(seeds=seeds, index=index), target, turns, args.where))
        return
    with TemporaryDirectory() as folder:
        seeds, target = Path(folder, "seeds"), Path(folder, "found.json")
        shutil.copytree(REPOSITORY / "seeds", seeds)
        command = [sys.executable, "-m", "tests.bench.smooth", "--turns", args.turns, *(["--where"] * args.where)]
        width, height = map(int, args.size.split("x"))
        on_terminal([*command, "--child", f"{seeds}", f"{folder}/index", f"{target}"], width, height)
        found = json.loads(target.read_text())
    for stack in found.pop("stacks", []):
        print(stack, end="\n\n")
    if "error" in found:
        raise SystemExit(found["error"])
    print(f"{'milliseconds':<28}{'ticks':>7}{'p50':>8}{'p95':>8}{'max':>8}{'own':>8}")
    for name, row in found.items():
        if name != "memory":
            print(
                f"{name:<28}"
                + f"{row['ticks']:>7}"
                + "".join(f"{row[key]:>8.1f}" for key in ("p50", "p95", "max", "own"))
            )
    print("memory: " + ", ".join(f"{value} {name}" for name, value in found["memory"].items()))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
