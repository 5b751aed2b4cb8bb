"""A question about two things gets a quote for each."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from qa_bot.answers.ranking.diversity import every_side_first, opposed
from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.query import Query
from qa_bot.bot import Bot
from qa_bot.config import Settings
from qa_bot.index.lexical import LexicalIndex
from tests.answers.hand_made import ask, found, hit, lexical_index, stored
from tests.fake_encoder import FakeEncoder

ENCODER = FakeEncoder("cats")


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return lexical_index(tmp_path, ("cats", "Walton", ""), ("cats", "Ashby", ""), ("cats", "Selby", ""))


def hits(query: Query, *rows: tuple[str, str, float]) -> list[Hit]:
    """Hits by document, its names, and score."""
    return [hit(found(ENCODER, stored("Cats", document=d, names=n)), query, score) for d, n, score in rows]


def sides_first(query: Query, ranked: Sequence[Hit]) -> list[Hit]:
    return every_side_first(query, ranked, opposed(query, ranked))


def documents(ranked: Sequence[Hit]) -> str:
    return "".join(hit.found.passage.document for hit in ranked)


def test_each_side_comes_to_the_front(index: LexicalIndex) -> None:
    query = ask("Are there cats in Walton and in Ashby?", ENCODER, index)
    ranked = hits(query, ("w", "Walton", 0.9), ("w", "Walton", 0.8), ("x", "", 0.75), ("a", "Ashby", 0.7))
    assert opposed(query, ranked) == {"walton", "ashbi"}
    assert documents(sides_first(query, ranked)) == "wawx"


def test_three_sides(index: LexicalIndex) -> None:
    query = ask("Are there cats in Walton, Ashby or Selby?", ENCODER, index)
    ranked = hits(query, ("w", "Walton", 0.9), ("w", "Walton", 0.8), ("a", "Ashby", 0.7), ("s", "Selby", 0.6))
    assert documents(sides_first(query, ranked)) == "wasw"


def test_names_of_one_document_are_no_sides(index: LexicalIndex) -> None:
    query = ask("Are there cats in Walton near Ashby?", ENCODER, index)
    ranked = hits(query, ("x", "", 0.9), ("both", "Walton Ashby", 0.8))
    assert opposed(query, ranked) == set()
    assert sides_first(query, ranked) == ranked


def test_one_name_or_none_changes_nothing(index: LexicalIndex) -> None:
    for question in ("Are there cats?", "Are there cats in Ashby?"):
        query = ask(question, ENCODER, index)
        ranked = hits(query, ("w", "Walton", 0.9), ("a", "Ashby", 0.8))
        assert documents(sides_first(query, ranked)) == "wa"
    assert sides_first(query, []) == []


def test_a_name_of_an_earlier_question_is_no_side(index: LexicalIndex) -> None:
    from qa_bot.answers.understanding.history import History

    history = History()
    ask("Are there cats in Walton?", ENCODER, index, history)
    query = ask("And in Ashby?", ENCODER, index, history)
    assert opposed(query, hits(query, ("w", "Walton", 0.9), ("a", "Ashby", 0.8))) == set()


@pytest.mark.parametrize(
    "question",
    [
        "How is staff morale in South Tyneside and in North Tyneside?",
        "Compare social work assessments in North Tyneside and South Tyneside",
    ],
)
def test_a_comparison_over_the_seeds(built: Settings, question: str) -> None:
    with Bot.open(built) as bot:
        quoted = {quote.document for quote in bot.ask(question).quotes}
    assert "004_8ea13917c2a413e0.txt" in quoted
    assert quoted - {"004_8ea13917c2a413e0.txt"}


def test_two_questions_in_one_get_a_quote_each(index: LexicalIndex) -> None:
    encoder = FakeEncoder("cats", "dogs", "owls")
    query = ask("How many cats are there, and who has dogs?", encoder, index)
    rows = ("Cats.", 0.9), ("Cats, cats.", 0.8), ("Owls.", 0.7), ("Dogs.", 0.6)
    made = [hit(found(encoder, stored(text, document=text)), query, score) for text, score in rows]
    assert documents(sides_first(query, made)) == "Cats.Dogs.Cats, cats.Owls."
    one = ask("How many cats and dogs are there?", encoder, index)
    assert sides_first(one, made) == made
