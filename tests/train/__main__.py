"""Train the reader: `python -m tests.train DATA OUT`.

DATA is a folder of sets as `data.py` describes it. OUT gets reader.safetensors and reader.json, which belong into
qa_bot/models/reader_weights, and checkpoint.pt, from which the same command goes on after it was stopped. The bundled
weights come from two such runs of some 70,000 examples each, averaged every eight steps, on two cores for forty minutes,
with `--apart written_technical`. One run alone has not been trained to its end.
"""

import argparse
from datetime import datetime
from pathlib import Path

from qa_bot.models.finding import sha256

from .data import load
from .export import export
from .fit import Plan, fit


def clock(text: str) -> float:
    """HH:MM of today, in seconds since the epoch."""
    at = datetime.strptime(text, "%H:%M")
    return datetime.now().replace(hour=at.hour, minute=at.minute, second=0, microsecond=0).timestamp()


def main(arguments: list[str] | None = None) -> None:
    """Train, test, write the weights, and say what is to be done with them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", metavar="DATA", type=Path)
    parser.add_argument("out", metavar="OUT", type=Path)
    end = parser.add_mutually_exclusive_group()
    end.add_argument("--examples", type=int, default=140_000, help="how many are seen (140000)")
    end.add_argument("--until", metavar="HH:MM", type=clock, help="when training ends, today")
    parser.add_argument("--apart", metavar="SET", nargs="*", default=[], help="sets that are only tested on")
    parser.add_argument("--layers", type=int, default=4, help="layers of the encoder that are kept (4)")
    parser.add_argument("--frozen", type=int, default=1, help="of these, layers that stay as they are (1)")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(arguments)
    data = load(args.data, args.seed, args.apart)
    if not data.pools:
        parser.error(f"{args.data} holds no sets; tests/train/data.py says what a set is")
    for name, pool in data.pools.items():
        print(f"{name}: {len(pool)} examples, {sum(example.answers for example in pool)} of them answer", flush=True)
    plan = Plan(args.seed, args.layers, args.frozen, None if args.until else args.examples, args.until)
    args.out.mkdir(parents=True, exist_ok=True)
    run = fit(data, plan, args.out / "checkpoint.pt", lambda line: print(line, flush=True))
    export(run.network.state_dict(), args.out)
    print(f"copy {args.out}/reader.* into qa_bot/models/reader_weights, and put into qa_bot/models/reader.py:")
    print(f'SHA256 = "{sha256(args.out / "reader.safetensors")}"')


if __name__ == "__main__":
    main()
