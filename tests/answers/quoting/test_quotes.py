"""Quotes: verbatim, with their line and state, the same words folded into one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa_bot.answers.model import Answer, Quote
from qa_bot.answers.quoting.quotes import same_words
from qa_bot.bot import Bot, open_bot
from qa_bot.config import Settings
from qa_bot.span import Span

LETTER = "003_7a3598a8e012728e.txt"
IMPROVE = "What needs to improve in South Tyneside's social work practice?"
OWLS = "The long-eared owl hunts voles at dusk over open fields."

Ask = Callable[[dict[str, bytes], str], Answer]


@pytest.fixture
def ask_of(tmp_path: Path) -> Ask:
    """Ask a folder of these files."""

    def ask(files: dict[str, bytes], question: str) -> Answer:
        for name, content in files.items():
            file = tmp_path / "seeds" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        with open_bot(tmp_path / "seeds", tmp_path / "index") as bot:
            return bot.ask(question)

    return ask


def quote(text: str, *marks: tuple[int, int], document: str = "a.txt") -> Quote:
    return Quote(document, "", None, 10, 10 + len(text), 1, text, tuple(Span(10 + s, 10 + e) for s, e in marks), 0.5)


def test_the_same_words_are_told_by_the_marked_sentences() -> None:
    one = quote("“Staff  are happy,” said Ann. More.", (0, 29))
    assert same_words(one, quote("Before. Staff are\nhappy, said Ann", (8, 33), document="b.txt"))
    assert not same_words(one, quote("Staff are unhappy, said Ann", (0, 27)))
    assert not same_words(quote("Staff are happy"), quote("Staff are happy"))  # nothing marked


def test_a_few_words_above_other_passages_are_not_the_same_words() -> None:
    one = quote("22 March 2019\nThe bridge is shut.", (0, 13))
    assert not same_words(one, quote("22 March 2019\nThe school is open.", (0, 13), document="b.txt"))
    assert same_words(one, quote("22 March 2019\nThe bridge is shut.", (0, 13), document="b.txt"))


def test_a_quote_is_the_slice_of_the_document(built: Settings) -> None:
    with Bot.open(built) as bot:
        quotes = bot.ask(IMPROVE).quotes
    for each in quotes:
        text = (built.seeds / each.document).read_bytes().decode()
        assert text[each.start : each.end] == each.text
        assert each.line == text[: each.start].count("\n") + 1
        assert each.state == "verbatim"
        assert each.highlights
        for start, end in each.highlights:
            assert each.start <= start < end <= each.end
        assert list(each.highlights) == sorted(each.highlights)


def test_the_improvement_list_comes_first_with_all_its_items(built: Settings) -> None:
    with Bot.open(built) as bot:
        first = bot.ask(IMPROVE).quotes[0]
    assert (first.document, first.date, first.line) == (LETTER, "2019-03-22", 33)
    marked = [first.text[start - first.start : end - first.start] for start, end in first.highlights]
    for item in (
        "- The quality of social work assessments and plans to ensure they are all of a consistently high quality.",
        "- The quality of return home interviews and use of intelligence to inform planning for children.",
        "- The provision and accessibility of therapeutic and mental health services to meet children's needs.",
    ):
        assert item in marked


def test_lines_of_windows_and_a_byte_order_mark(ask_of: Ask) -> None:
    text = f"\ufeffOf owls\r\n\r\nThey are birds of prey.\r\n\r\n## Hunting\r\n\r\n{OWLS}\r\n"
    answer = ask_of({"owls.md": text.encode()}, "What does the long-eared owl hunt at dusk?")
    first = answer.quotes[0]
    assert OWLS in first.text
    assert text[first.start : first.end] == first.text
    assert first.line == text[: first.start].count("\n") + 1
    assert first.line in (5, 7)  # with its heading or without
    assert first.state == "verbatim"


def test_offsets_count_characters_not_bytes(ask_of: Ask) -> None:
    text = f"Von Eulen 🦉🦉 und Käuzen\n\nÄußerst schön 𝕩.\n\n{OWLS}\n"
    first = ask_of({"ünter/eulen.txt": text.encode()}, "What does the long-eared owl hunt at dusk?").quotes[0]
    assert first.document == "ünter/eulen.txt"
    assert text[first.start : first.end] == first.text
    assert OWLS in first.text


def test_the_same_words_elsewhere_are_folded(ask_of: Ask) -> None:
    curly = OWLS.replace("long-eared owl hunts", "long-eared  owl\nhunts")
    files = {
        "a.txt": f"About owls\n\n{OWLS}\n".encode(),
        "b.txt": f"Copied from elsewhere\n\n{curly}\n".encode(),
        "c.txt": b"About voles\n\nVoles eat grass, and little else, all day long.\n",
    }
    answer = ask_of(files, "What does the long-eared owl hunt at dusk?")
    first = answer.quotes[0]
    (other,) = first.also_in
    assert {first.document, other.document} == {"a.txt", "b.txt"}
    assert "voles at dusk" in files[other.document].decode()[other.start : other.end]
    assert [q.document for q in answer.quotes].count(first.document) == 1
    assert not {first.document, other.document} & {q.document for q in answer.quotes[1:]}


def edited(text: str) -> str:
    return text.replace("consistently high quality", "rather high quality")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda file: None, "verbatim"),
        (lambda file: file.write_text(edited(file.read_text())), "changed"),
        (lambda file: file.write_text("New first line.\n" + file.read_text()), "changed"),
        (lambda file: file.write_text(file.read_text() + "A new last line.\n"), "verbatim"),
        (lambda file: file.write_text(""), "changed"),
        (lambda file: file.write_bytes(b"\x00\x01"), "changed"),
        (lambda file: file.unlink(), "gone"),
    ],
)
def test_the_state_of_a_quote_is_that_of_the_file_now(
    own: Settings, change: Callable[[Path], object], state: str
) -> None:
    with Bot.open(own) as bot:
        assert bot.ask(IMPROVE).quotes[0].state == "verbatim"
        change(own.seeds / LETTER)
        answer = bot.ask(IMPROVE)
        first = answer.quotes[0]
        assert (first.document, first.state) == (LETTER, state)
        assert "consistently high quality" in first.text  # what was indexed
        assert all(q.state == "verbatim" for q in answer.quotes if q.document != LETTER)


def test_a_folder_in_the_place_of_the_file(own: Settings) -> None:
    with Bot.open(own) as bot:
        (own.seeds / LETTER).unlink()
        (own.seeds / LETTER).mkdir()
        assert bot.ask(IMPROVE).quotes[0].state in ("changed", "gone")
