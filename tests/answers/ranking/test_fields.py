"""Front matter: quoted where the question asks for a fact about the document, otherwise never in the place of the text."""

from collections.abc import Iterator

import pytest

from qa_bot.answers.ranking.fields import field_names
from qa_bot.bot import Bot, open_bot

FILES = {
    "roof.md": "---\ntitle: Roof project\nauthor: Jane Doe\ncreated: 2024-03-02\nstatus: on hold\ntags: [roof, slate]\n"
    "aliases: [Zephyr]\n---\n\nThe roof of the hall leaks over the stage. Slates come from the quarry at Honister.\n",
    "network.md": "---\r\ntitle: Network notes\r\ndescription: How to reset the router\r\nauthor: Ben Ruiz\r\n"
    "date: 2021-05-05\r\n---\r\n\r\nHold the small button for ten seconds. All lamps go out and come back green.\r\n",
    "card.md": "---\ntitle: How do I renew my library card?\ndate: 2020-01-01\n---\n\n"
    "Bring the old card and a letter with your address to the desk. A lost card costs two pounds.\n",
    "tea.md": '+++\ntitle = "Is tea served in the reading room?"\n+++\n\nNo. Cups stay outside, whatever is in them.\n',
    "hall.md": "# History of the hall\n\nThe hall was built in 1898 by Tom Ellery. It was updated in 1954.\n",
    "empty.md": "---\ntitle: Boat house keys\nplace: with the harbour master\n---\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    folder = tmp_path_factory.mktemp("fields")
    (folder / "seeds").mkdir()
    for name, text in FILES.items():
        (folder / "seeds" / name).write_bytes(text.encode())
    with open_bot(folder / "seeds", folder / "index") as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Who is the author of the roof project?", "author: Jane Doe"),
        ("Who wrote the network notes?", "author: Ben Ruiz"),
        ("When was the roof project note written?", "created: 2024-03-02"),
        ("When were the network notes last updated?", "date: 2021-05-05"),
        ("What is the status of the roof project?", "status: on hold"),
        ("Which tags does the roof note have?", "tags: [roof, slate]"),
        ("Whose name is on the roof project note?", "author: Jane Doe"),
        ("What is the title of the document about the router?", "title: Network notes"),
    ],
)
def test_a_fact_about_a_document_is_its_field(bot: Bot, question: str, field: str) -> None:
    answer = bot.ask(question)
    assert answer.answered
    assert len(answer.quotes[0].marked) == 1
    assert field in answer.quotes[0].marked[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How do I renew my library card?", "Bring the old card"),
        ("What does a lost card cost?", "A lost card costs two pounds."),
        ("Is tea served in the reading room?", "No. Cups stay outside"),
        ("How do I reset the router?", "Hold the small button"),
        ("What is Zephyr?", "The roof of the hall leaks"),
        ("Who built the hall?", "Tom Ellery"),
        ("When was the hall updated?", "1954"),
        ("What is wrong with the roof project?", "leaks over the stage"),
    ],
)
def test_otherwise_the_text_below_is_quoted(bot: Bot, question: str, words: str) -> None:
    answer = bot.ask(question)
    assert answer.answered
    assert words in " ".join(" ".join(answer.quotes[0].marked).split())
    assert not field_names([answer.quotes[0].text])


def test_front_matter_without_text_below_is_still_found(bot: Bot) -> None:
    quote = bot.ask("Where are the boat house keys?").quotes[0]
    assert (quote.document, "with the harbour master" in quote.text) == ("empty.md", True)


@pytest.mark.parametrize(
    ("sentences", "names"),
    [
        (["---\ntitle: A", "Last updated: May\n---"], ("title", "last updated")),
        (["+++\r\ntitle = 'A'", "date = 2019-03-22\r\n+++"], ("title", "date")),
        (["\ufeff---\n'key': 1\n---"], ("key",)),
        (["---", "Tel: 0191 222 3333"], ()),
        (["Tel: 0191 222 3333"], ()),
        ([], ()),
    ],
)
def test_the_names_of_fields(sentences: list[str], names: tuple[str, ...]) -> None:
    assert field_names(sentences) == names
