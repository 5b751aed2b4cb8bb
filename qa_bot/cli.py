"""The commands: reads arguments, calls the core, prints. No logic of its own; every import of the core is where it is used."""

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from qa_bot import __version__
from qa_bot.config import DEFAULT_MODEL, Settings, settings_from
from qa_bot.errors import QaBotError

ANSWERED, NOTHING_ANSWERS, ERROR = 0, 1, 2
GARBAGE = 50_000
"""New objects between two searches for garbage: at Python's own 700, a start spends a twentieth of its time looking for garbage
among modules that all stay."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 done or answered, 1 nothing answers, 2 error."""
    gc.set_threshold(GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character is no reason to stop
    try:
        args = parser().parse_args(arguments)
        code: int = args.run(settings_from(vars(args)), args)
        sys.stdout.flush()
    except QaBotError as error:
        return fail(str(error))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except OSError as error:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # what is still held back cannot be written either
        if isinstance(error, BrokenPipeError):  # whoever read our output has seen enough
            return ANSWERED
        return fail(f"{error}; make room or write elsewhere")
    return code


def fail(message: str) -> int:
    """One line on standard error."""
    print(f"qa-bot: {' '.join(message.splitlines())}", file=sys.stderr)
    return ERROR


class Parser(argparse.ArgumentParser):
    """Wrong use is told in one line that names the help."""

    def error(self, message: str) -> NoReturn:
        """Print the line and leave with exit code 2."""
        self.exit(ERROR, f"{self.prog}: {message}; see {self.prog} --help\n")


def parser() -> Parser:
    """The commands and their options."""
    # Options may stand before the command and after it. SUPPRESS: those not given after it must not undo those before.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    options = common.add_argument_group(
        "options on all commands (also as environment variables QA_BOT_SEEDS and so on)"
    )
    options.add_argument("--seeds", metavar="DIR", help="the folder of documents (default: ./seeds)")
    options.add_argument("--index", metavar="DIR", help="the folder of the index (default: ./index)")
    options.add_argument(
        "--model", metavar="NAME_OR_PATH", help=f"the embedding model (default: {DEFAULT_MODEL}, bundled)"
    )
    options.add_argument("--quiet", action="store_true", help="print results and errors only")
    quotes = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    quotes.add_argument("-k", metavar="N", help="the number of quotes in an answer (default: 3)")

    kept = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    kept.add_argument(
        "--data",
        metavar="DIR",
        help="the folder in which the chat keeps conversations (default: your user data folder)",
    )

    top = Parser(
        prog="qa-bot",
        description="Ask a folder of documents. Every answer is a verbatim quote with its place, or an honest refusal.",
        parents=[common, quotes, kept],
    )
    top.add_argument("--version", action="version", version=f"qa-bot {__version__}")
    top.set_defaults(run=run_chat)
    commands = top.add_subparsers(metavar="COMMAND", title="commands")

    def command(name: str, about: str, *options: Parser) -> Parser:
        return commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.", parents=options)

    chat = command("chat", "open the chat; the default command", common, quotes, kept)
    chat.set_defaults(run=run_chat)

    serve = command("serve", "show the chat in a web browser, on this machine alone", common, quotes, kept)
    serve.set_defaults(run=run_serve)
    serve.add_argument("--host", metavar="ADDRESS", default="127.0.0.1", help="where to listen (default: %(default)s)")
    serve.add_argument(
        "--port", metavar="N", type=int, default=8000, help="the port (default: %(default)s; 0 is any that is free)"
    )
    serve.add_argument(
        "--public", action="store_true", help="listen even where other machines can reach it; there is no password"
    )

    about = "answer one question, or a batch of them; exit code 0 answered, 1 nothing answers, 2 error"
    ask = command("ask", about, common, quotes)
    ask.set_defaults(run=run_ask)
    ask.add_argument("question", nargs="*", help="the question, in quotation marks")
    ask.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    ask.add_argument(
        "--batch",
        metavar="FILE",
        help='answer JSON lines {"conversation", "question"} from FILE (- is standard input)',
    )
    ask.add_argument("--no-update", action="store_true", help="answer from the index as it is, changed seeds or not")

    index = command("index", "bring the index up to date with the seeds", common)
    index.set_defaults(run=run_index)
    index.add_argument("--full", action="store_true", help="embed everything again")
    index.add_argument(
        "--watch", action="store_true", help="keep doing it whenever the seeds change, until interrupted"
    )
    index.add_argument("--json", action="store_true", help="print the report as one JSON object")

    about = "ask the questions of a file and measure how many are answered with the words expected"
    evaluation = command("eval", about, common, quotes)
    evaluation.set_defaults(run=run_eval)
    evaluation.add_argument(
        "gold",
        metavar="GOLD.jsonl",
        help='JSON lines {"question", "expect": "words of the answer, a list of such, or null for nothing"}, with the '
        '"document" that the words stand in and the "conversation" that the question is a turn of, or without',
    )
    evaluation.add_argument(
        "--min",
        metavar="X",
        help="exit code 1 when hit@1, the share of the questions with words expected whose first quote holds them, is "
        "below X (0 to 1)",
    )
    evaluation.add_argument("--json", action="store_true", help="print figures and misses as one JSON object")
    evaluation.add_argument("--no-update", action="store_true", help="ask the index as it is, changed seeds or not")

    about = "hold the quotes of a saved conversation against the seeds; exit code 1 where one is not verbatim any more"
    verification = command("verify", about, common)
    verification.set_defaults(run=run_verify)
    verification.add_argument(
        "file",
        metavar="FILE",
        help="a conversation that the chat saved, or answers as JSON lines (- is standard input)",
    )
    verification.add_argument("--json", action="store_true", help="print what became of each quote as one JSON object")

    status = command("status", "show what the index holds and what has changed since it was built", common)
    status.set_defaults(run=run_status)
    status.add_argument("--json", action="store_true", help="print the status as one JSON object")

    guide = command("help", "show a page of the guide, or list its topics")
    guide.set_defaults(run=run_help)
    guide.add_argument(
        "topic", metavar="TOPIC", nargs="?", help="the name of a page; without one the topics are listed"
    )
    return top


def run_chat(settings: Settings, args: argparse.Namespace) -> int:
    """Open the chat, which would wait for keys for ever where there are none."""
    in_browser = "TEXTUAL_DRIVER" in os.environ
    if not (in_browser or (sys.stdin.isatty() and sys.stdout.isatty())):
        return fail('the chat needs a terminal; elsewhere use: qa-bot ask "What needs to improve?"')
    from qa_bot.chat.app import run

    run(settings)
    return ANSWERED


def run_serve(settings: Settings, args: argparse.Namespace) -> int:
    """Show the chat in a browser."""
    from qa_bot.commands.serve import serve

    return serve(settings, args.host, args.port, public=args.public)


def run_ask(settings: Settings, args: argparse.Namespace) -> int:
    """Answer the question, or the batch."""
    from qa_bot.commands.ask import answer_batch, answer_one

    if len(args.question) > 1:
        question = " ".join(args.question)
        return fail(f'the question is one argument; put it in quotation marks, for example: qa-bot ask "{question}"')
    if (not args.question) == (args.batch is None):
        return fail('ask takes either a question or --batch FILE; for example: qa-bot ask "What needs to improve?"')
    if args.batch is not None:
        return answer_batch(settings, args.batch, update=not args.no_update)
    question = os.fsencode(args.question[0]).decode(errors="replace")  # typed in UTF-8, whatever the locale says
    return answer_one(settings, question, as_json=args.json, update=not args.no_update)


def run_index(settings: Settings, args: argparse.Namespace) -> int:
    """Update the index, once or on and on."""
    from qa_bot.commands.index import update_index, watch

    if args.watch:
        return watch(settings, full=args.full, as_json=args.json)
    return update_index(settings, full=args.full, as_json=args.json)


def run_eval(settings: Settings, args: argparse.Namespace) -> int:
    """Measure the answers by a file of questions."""
    from qa_bot.commands.evaluate import evaluate

    return evaluate(settings, args.gold, minimum=args.min, as_json=args.json, update=not args.no_update)


def run_verify(settings: Settings, args: argparse.Namespace) -> int:
    """Hold the quotes of a file against the seeds."""
    from qa_bot.commands.verify import verify

    return verify(settings, args.file, as_json=args.json)


def run_status(settings: Settings, args: argparse.Namespace) -> int:
    """Show the status."""
    from qa_bot.commands.status import show_status

    return show_status(settings, as_json=args.json)


def run_help(settings: Settings, args: argparse.Namespace) -> int:
    """Show a page of the guide."""
    from qa_bot.commands.help import show_help

    return show_help(args.topic)
