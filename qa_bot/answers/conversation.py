"""A question in its conversation becomes a query: what to look for, by meaning and by words."""

from dataclasses import dataclass, field

from qa_bot.answers.passages import unit
from qa_bot.index.bert import Matrix
from qa_bot.index.embedding import Encoder
from qa_bot.index.lexical import terms

FADE = 0.5
"""A word last said k turns ago counts FADE^k. Measured on MTRAG and TREC CAsT; see the design notes in the README."""
LAST_TURN = 2.0
"""Weight of the last turn's vector against that of all turns together, measured likewise."""
TURNS = 8
"""How many turns back are looked at."""


@dataclass(frozen=True, eq=False)
class Query:
    """What is looked for."""

    question: str
    vector: Matrix
    """Unit length, shape (dimension,)."""
    weights: dict[str, float]
    """Terms and how much each counts: 1 for those of this question, less for those of earlier turns."""
    searched: str
    """What the question was taken to mean, for a person to read."""

    @property
    def own_terms(self) -> list[str]:
        """The terms of this question itself."""
        return [term for term, weight in self.weights.items() if weight >= 1]


@dataclass
class History:
    """The questions of a conversation so far, oldest first."""

    questions: list[str] = field(default_factory=list)


def interpret(question: str, history: History, encoder: Encoder) -> Query:
    """The query for this question after those of `history`, which takes it in."""
    earlier = history.questions[-TURNS:]
    weights: dict[str, float] = {}
    for age, said in enumerate([question, *reversed(earlier)]):
        for term in terms(said):
            weights.setdefault(term, FADE**age)
    if earlier:
        alone, together = encoder.encode_questions([question, " ".join([*earlier, question])])
        vector = unit(LAST_TURN * unit(alone) + unit(together))
    else:
        vector = unit(encoder.encode_questions([question])[0])
    history.questions.append(question)
    carried = [said for said in earlier if any(weights.get(t, 0) < 1 for t in terms(said))]
    searched = question if not carried else f"{question}  (after: {carried[-1]})"
    return Query(question, vector, weights, searched)
