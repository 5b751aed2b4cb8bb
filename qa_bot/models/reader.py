"""The reader: a question and a passage read together, which tells whether the passage answers and which words do.

A BERT cross-encoder (Nogueira and Cho 2019, arXiv:1901.04085) with the span head of SQuAD 2 (Devlin et al. 2019,
arXiv:1810.04805, section 4.3), over the bundled encoder's word vectors. The weights stand beside this module, 8 bits each
with one scale a row; `tests/train` makes them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np

from qa_bot.errors import ModelError
from qa_bot.models.bert import Bert, gelu, read_tokenizer, read_weights
from qa_bot.models.encoder import Matrix
from qa_bot.models.finding import bundled_folder, sha256
from qa_bot.span import Span

FOLDER = Path(__file__).with_name("reader_weights")
SHA256 = "569da2374119c127f55342dcde1757b75aca189a45e82f09ff07c7d4131a8b14"
"""Of the bundled reader's weights: what the figures in the guide were measured with."""
QUESTION_TOKENS = 60
"""The last tokens of the question, with the one before it, that are read."""
HEADING = 120
"""Characters of a heading that are read."""
NOWHERE = -20.0
"""The margin of words that are not there."""
LONGEST_SPAN = 60
"""Tokens of the words that answer, at most."""


class Text(NamedTuple):
    """A passage as the reader sees it."""

    heading: str
    """The title of its document and the headings above the passage; read, but no span is looked for in them."""
    passage: str


@dataclass(frozen=True, eq=False)
class Reading:
    """What the reader makes of a question and a passage."""

    answers: float
    """The log odds that the passage answers."""
    none: float
    """The logit of there being no words that answer."""
    starts: Matrix
    """The logit of each of the passage's n tokens to be the first that answers, shape (n,)."""
    ends: Matrix
    """Likewise to be the last."""
    tokens: list[Span]
    """Where each of the tokens stands in the passage."""

    @cached_property
    def span(self) -> Span:
        """The words of the passage that answer best, whether or not they do; empty where no word was read."""
        if not self.tokens:
            return Span(0, 0)
        both = self.starts[:, np.newaxis] + self.ends
        length = np.arange(len(self.tokens)) - np.arange(len(self.tokens))[:, np.newaxis]
        first, last = divmod(int(np.where((length >= 0) & (length < LONGEST_SPAN), both, -np.inf).argmax()), len(both))
        return Span(self.tokens[first].start, self.tokens[last].end)

    @property
    def margin(self) -> float:
        """How much likelier the best words are than none at all, a difference of logits."""
        return self.within(Span(0, self.tokens[-1].end if self.tokens else 0))

    def within(self, part: Span) -> float:
        """The same for the best words inside a part of the passage (a sentence); NOWHERE where no word of it was read."""
        inside = [i for i, (start, end) in enumerate(self.tokens) if end > part.start and start < part.end]
        if not inside:
            return NOWHERE
        return float((np.maximum.accumulate(self.starts[inside]) + self.ends[inside]).max()) - self.none


class Pair(NamedTuple):
    """A question and a text as token numbers."""

    ids: list[int]
    types: list[int]
    """0 for the question's tokens, 1 for the text's."""
    rows: list[int]
    """Which of the tokens are the passage's."""
    spans: list[Span]
    """Where each of those tokens stands in the passage."""


class Reader(Protocol):
    """What reads a question with a passage."""

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """The reading of each text."""
        ...


class BertReader:
    """The bundled reader, in numpy: starts at once, imports no torch."""

    def __init__(self, config: dict[str, Any], weights: dict[str, Matrix], tokenizer: Path):
        self._bert = Bert(config, weights)
        self._weights = weights
        self._room: int = config["max_length"]
        self._tokenizer = read_tokenizer(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        vocabulary = self._tokenizer.get_vocab()
        self._first, self._separator = vocabulary["[CLS]"], vocabulary["[SEP]"]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "BertReader":
        """The reader in `folder`. ModelError where its files are not those that this program was measured with."""
        file = folder / "reader.safetensors"
        try:
            if folder == FOLDER and sha256(file) != SHA256:
                raise ModelError("the bundled reader is damaged; reinstall qa-bot, or ask with --reader none")
            config = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
            encoder = bundled_folder()
            shared = read_weights(encoder / "model.safetensors")
            names = ("embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight")
            weights = {name: shared[name] for name in names} | scaled(read_weights(file))
            return cls(config, weights, encoder / "tokenizer.json")
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"the reader cannot be read ({error}); reinstall qa-bot, or ask with --reader none"
            ) from error

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """The reading of each text; words of a passage beyond the reader's length are not read."""
        if not texts:
            return []
        pairs = self.encoded(question, texts)
        states = self._bert.states([pair.ids for pair in pairs], [pair.types for pair in pairs])
        return [self._reading(state, pair) for state, pair in zip(states, pairs, strict=True)]

    def encoded(self, question: str, texts: Sequence[Text]) -> list["Pair"]:
        """The question with each text, as the network takes them."""
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[-QUESTION_TOKENS:]
        before = [self._first, *asked, self._separator]
        room = self._room - len(before) - 1
        headings = [f"{text.heading[:HEADING]} . " if text.heading else "" for text in texts]
        encodings = self._tokenizer.encode_batch(
            [heading + text.passage for heading, text in zip(headings, texts, strict=True)], add_special_tokens=False
        )
        pairs = []
        for encoding, heading in zip(encodings, headings, strict=True):
            ids = [*before, *encoding.ids[:room], self._separator]
            types = [0] * len(before) + [1] * (len(ids) - len(before))
            inside = [(at, span) for at, span in enumerate(encoding.offsets[:room]) if span[1] > len(heading)]
            rows = [len(before) + at for at, _ in inside]
            spans = [Span(max(start - len(heading), 0), end - len(heading)) for _, (start, end) in inside]
            pairs.append(Pair(ids, types, rows, spans))
        return pairs

    def _reading(self, state: Matrix, pair: "Pair") -> Reading:
        w = self._weights
        answers = float(
            (w["answer.weight"] @ gelu(w["dense.weight"] @ state[0] + w["dense.bias"]) + w["answer.bias"])[0]
        )
        starts, ends = (state @ w["span.weight"].T + w["span.bias"]).T
        return Reading(answers, float(starts[0] + ends[0]), starts[pair.rows], ends[pair.rows], pair.spans)


def scaled(weights: dict[str, Matrix]) -> dict[str, Matrix]:
    """The weights kept as 8 bits times one scale a row, multiplied out."""
    return {
        name: values * weights[f"{name}.scale"][:, np.newaxis] if f"{name}.scale" in weights else values
        for name, values in weights.items()
        if not name.endswith(".scale")
    }
