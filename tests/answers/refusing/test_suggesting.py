"""Questions offered in place of a refused one: words of the documents, and answered by them."""

import pytest

from qa_bot.answers.model import Answer, Quote
from qa_bot.answers.refusing.confidence import Band
from qa_bot.answers.refusing.suggesting import candidates, suggestions
from qa_bot.bot import Bot
from qa_bot.config import Settings

FRANCE = "What is the capital of France?"


@pytest.fixture(scope="module")
def bot(built: Settings) -> Bot:
    return Bot.open(built)


def passage(text: str, context: str = "", document: str = "a.md") -> Quote:
    return Quote(document, "A", None, 0, len(text), 1, text, (), 0.5, context=context)


def refusal(*nearest: Quote) -> Answer:
    return Answer("", "Why?", "Why?", answered=False, confidence=0.1, nearest=nearest, band="refused")


def made_of(quote: Quote, *headings: str) -> list[str]:
    return [question for question, _ in candidates([quote], lambda _: headings)]


def test_each_is_answered_by_the_document_whose_words_it_is_made_of(bot: Bot, built: Settings) -> None:
    refused = bot.ask(FRANCE)
    offered = bot.suggestions(refused)
    assert "What needs to improve in this area of social work practice?" in offered
    assert len(offered) == 3
    written = " ".join(" ".join(path.read_text().split()) for path in built.seeds.iterdir())
    for question in offered:
        assert question.removeprefix("What is said about ").removesuffix("?").strip("“”") in written
        answer = bot.ask(question)
        assert answer.band == "answered"
        assert answer.quotes[0].document in {quote.document for quote in refused.nearest}


def test_what_was_answered_needs_none_and_only_the_documents_asked_are_looked_at(bot: Bot) -> None:
    assert bot.suggestions(bot.ask("Who is the Lead Member?")) == ()
    north = ["004_8ea13917c2a413e0.txt"]
    for question in bot.suggestions(bot.ask(FRANCE, documents=north), documents=north):
        assert bot.ask(question, documents=north).band == "answered"


def test_questions_are_headings_and_names() -> None:
    heading = passage("## What to pack\n\nTake a map.", "Walking › What to pack")
    assert made_of(heading, "What to pack", "Overview", "When to *go*?", "Mist and fog") == [
        "What to pack?",
        "When to *go*?",
        "What is said about “Mist and fog”?",
    ]
    named = passage(
        "At noon Ada Lovelace spoke. Charles Babbage and Ada Lovelace then met the Royal Society of London."
    )
    assert made_of(named) == ["What is said about Ada Lovelace?", "What is said about Royal Society of London?"]
    assert made_of(passage("nothing here has a name", "x" * 200 + " long")) == []


def test_only_what_is_answered_from_the_same_place_is_offered() -> None:
    pack, other = passage("What to pack: a map.", "What to pack"), passage("What to pack: a hat.", document="b.md")
    asked: list[str] = []

    def ask(question: str, band: Band = "answered", quote: Quote = pack) -> Answer:
        asked.append(question)
        return Answer("", question, question, True, 0.9, (quote,), band=band)

    assert suggestions(refusal(pack), ask, lambda _: [], 3) == ("What to pack?",)
    assert suggestions(refusal(pack), lambda q: ask(q, "unsure"), lambda _: [], 3) == ()
    assert suggestions(refusal(pack), lambda q: ask(q, quote=other), lambda _: [], 3) == ()
    asked.clear()
    assert len(suggestions(refusal(pack), ask, lambda _: [f"Where to go {i}" for i in range(50)], 3)) == 1
    assert len(asked) == 8
