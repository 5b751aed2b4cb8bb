"""The Python API: qa_bot.open, conversations, progress, and a bot shared by threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import qa_bot
from qa_bot.config import Settings, settings_from
from qa_bot.errors import IndexFolderError, QaBotError, SeedsError, SettingsError
from qa_bot.index.report import Progress
from qa_bot.index.updating import update

QUESTIONS = [
    "What needs to improve in South Tyneside's social work practice?",
    "Who is the Lead Member?",
    "What is the capital of France?",
    "How many children are looked after?",
]


def test_open_brings_the_index_up_to_date_and_tells_how_far_it_is(seeds: Path, tmp_path: Path) -> None:
    steps: list[Progress] = []
    with qa_bot.open(seeds=seeds, index=tmp_path / "index", progress=steps.append) as bot:
        assert (bot.documents, bot.generation) == (5, 1)
        assert [step.done for step in steps if step.stage == "embedding"][-1] == bot.passages
    assert steps[-1] == Progress("saving", 1, 1)
    (seeds / "new.txt").write_text("The walrus is the largest of the pinnipeds.")
    with qa_bot.open(str(seeds), str(tmp_path / "index"), update=False) as bot:
        assert bot.documents == 5
    with qa_bot.open(seeds, tmp_path / "index", k=1) as bot:
        assert bot.documents == 6
        assert [quote.document for quote in bot.ask("Which is the largest pinniped?").quotes] == ["new.txt"]


def test_a_quote_is_the_document_s_own_words(built: Settings) -> None:
    with qa_bot.open(built.seeds, built.index) as bot:
        answer = bot.ask(QUESTIONS[0])
    assert isinstance(answer, qa_bot.Answer)
    assert answer.answered
    for quote in answer.quotes:
        assert isinstance(quote, qa_bot.Quote)
        assert (built.seeds / quote.document).read_bytes().decode()[quote.start : quote.end] == quote.text


def test_a_conversation_understands_a_question_after_those_before_it(built: Settings) -> None:
    with qa_bot.open(built.seeds, built.index) as bot:
        chat = bot.conversation("c1")
        assert isinstance(chat, qa_bot.Conversation)
        chat.ask(QUESTIONS[0])
        after = chat.ask("And in 2019?")
        alone = bot.ask("And in 2019?")
    assert (after.conversation, alone.conversation) == ("c1", "")
    assert after.searched != "And in 2019?"
    assert after.quotes[0].date == "2019-03-22"
    assert alone.quotes[:1] != after.quotes[:1]


def test_the_library_is_the_door_that_front_ends_use(built: Settings) -> None:
    with qa_bot.Library(built) as library:
        assert library.open().documents == 5
        quote = library.ask(QUESTIONS[0]).quotes[0]
        assert library.check([quote]) == ["verbatim"]
        assert quote.document in library.indexed_paths()
        for text in (library.text(quote.document), library.indexed_text(quote.document)):
            assert text[quote.start : quote.end] == quote.text
        assert not library.look().needs_update


def test_threads_share_a_bot(built: Settings) -> None:
    with qa_bot.open(built.seeds, built.index) as bot:
        expected = [bot.ask(question) for question in QUESTIONS]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(bot.ask, QUESTIONS * 4)) == expected * 4


def test_threads_ask_while_the_index_changes(own: Settings) -> None:
    with qa_bot.open(own.seeds, own.index) as bot:

        def talk(number: int) -> set[str]:
            chat = bot.conversation()
            bot.reload()
            answers = [chat.ask(QUESTIONS[number % 4]), chat.ask("And in 2019?")]
            return {quote.state for answer in answers for quote in answer.quotes + answer.nearest}

        def change(number: int) -> int:
            (own.seeds / f"{number}.txt").write_text(f"Nothing of this matters, {number} times.")
            return update(own).documents

        with ThreadPoolExecutor(8) as pool:
            talks = [pool.submit(talk, number) for number in range(12)]
            changes = [pool.submit(change, number) for number in range(3)]
        assert [talk.result() for talk in talks] == [{"verbatim"}] * 12
        assert max(change.result() for change in changes) == 8
        bot.reload()
        assert bot.documents == 8


def test_errors_are_of_one_kind(tmp_path: Path) -> None:
    with pytest.raises(SeedsError, match="there is no seeds folder"):
        qa_bot.open(tmp_path / "nowhere", tmp_path / "index")
    with pytest.raises(IndexFolderError, match="build it with: qa-bot index"):
        qa_bot.open(tmp_path, tmp_path / "index", update=False)
    with pytest.raises(SettingsError):
        qa_bot.open(tmp_path, k=0)
    assert issubclass(SeedsError, QaBotError)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        qa_bot.nothing  # noqa: B018


@pytest.mark.slow
def test_a_bot_over_a_model_that_needs_torch(tmp_path: Path) -> None:
    from tests.fake_encoder import tiny_model

    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "cats.txt").write_text("Cats purr.")
    model = tiny_model(tmp_path / "model", kind="distilbert")
    with qa_bot.open(tmp_path / "seeds", tmp_path / "index", model=str(model)) as bot:
        answer = bot.ask("What do cats do?")
    assert (answer.quotes + answer.nearest)[0].text == "Cats purr."


def test_flags_beat_the_environment_and_that_beats_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_from({}, {}) == Settings()
    environment = {
        "QA_BOT_SEEDS": "~/docs",
        "QA_BOT_INDEX": "index",
        "QA_BOT_K": "5",
        "QA_BOT_QUIET": "yes",
        "QA_BOT_MODEL": "",
    }
    assert settings_from({}, environment) == Settings(seeds=Path.home() / "docs", k=5, quiet=True)
    assert settings_from({"seeds": "x", "k": "2", "quiet": None}, environment) == Settings(
        seeds=Path("x"), k=2, quiet=True
    )
    assert not settings_from({}, {"QA_BOT_QUIET": "0"}).quiet
    with pytest.raises(SettingsError, match="a whole number, not 'many'"):
        settings_from({}, {"QA_BOT_K": "many"})
