"""Conversations with the real model: what the subject is turn by turn, and what is asked of the quote just shown."""

from collections.abc import Iterator

import pytest

from qa_bot.answers.model import Answer
from qa_bot.answers.refusing.confidence import SURE_FROM
from qa_bot.bot import Bot
from tests.answers.small_folder import bot_over

FILES = {
    "works.md": "# Works\n\n## Bridge repair\n\nThe crew begins on 3 June and needs two weeks. It is headed by Ines Roth. "
    "The crew is paid 9,000 euros.\n\n## Tower painting\n\nThe crew begins on 5 August and needs three days. It is headed by Una "
    "Sorel from Delft. The crew is paid 700 euros.\n",
    "people.md": "# People\n\n## Rosa Lindqvist\n\nRosa Lindqvist has kept the lighthouse since 2016. She grew up in Malmo and "
    "worked as a nurse for twelve years. She lives with her two children.\n\n## Peter Gray\n\nPeter Gray has kept the lock since "
    "2020. He was a baker. In 2021 he closed the towpath because the bank had slipped.\n",
    "library.md": "# Library\n\nThe library opens at nine. Borrowing is free for residents.\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with bot_over(tmp_path_factory.mktemp("small"), FILES) as made:
        yield made


def held(bot: Bot, questions: str) -> list[Answer]:
    """The answers of a conversation whose questions are given with "|" between them."""
    conversation = bot.conversation()
    return [conversation.ask(question) for question in questions.split("|")]


def marked(answer: Answer) -> str:
    return " ".join((answer.quotes or answer.nearest)[0].marked)


LONG = "When does the {} begin?|How long does it take?|How much does it cost?|Who heads it?|And when does it begin?"


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ("bridge repair", ["3 June", "two weeks", "9,000", "Ines Roth", "3 June"]),
        ("tower painting", ["5 August", "three days", "700", "Una Sorel", "5 August"]),
    ],
)
def test_the_subject_lives_on_while_questions_lean_on_it(bot: Bot, work: str, told: list[str]) -> None:
    answers = held(bot, LONG.format(work))
    assert [words for words, answer in zip(told, answers, strict=True) if words not in marked(answer)] == []
    assert all(work.split()[0] in answer.searched for answer in answers)
    assert not any("much" in answer.searched for answer in answers[3:])


@pytest.mark.parametrize(
    "between",
    [
        "Who won the world cup?",
        "What is the capital of France?",
        "Thanks!",
        "hello",
        "Good morning",
        "/help",
        "ok great, thank you",
    ],
)
def test_what_is_refused_and_what_asks_nothing_is_never_the_subject(bot: Bot, between: str) -> None:
    first, other, then = held(bot, f"When does the tower painting begin?|{between}|Who heads it?")
    assert not other.answered
    plain = held(bot, "When does the tower painting begin?|Who heads it?")[1]
    assert (then.searched, then.quotes, then.confidence) == (plain.searched, plain.quotes, plain.confidence)
    assert "Una Sorel" in marked(then)
    assert first.answered


@pytest.mark.parametrize(
    "question",
    ["When does the library open?", "Is borrowing free?", "Who kept the lighthouse?", "Who closed the towpath?"],
)
def test_a_question_that_stands_alone_carries_nothing(bot: Bot, question: str) -> None:
    before, after = held(bot, f"When does the bridge repair begin?|{question}")
    assert after.searched == question
    assert before.quotes[0].document != after.quotes[0].document


@pytest.mark.parametrize(
    "questions",
    [
        "Who kept the lighthouse?|What did she do before?",
        "Who closed the towpath?|What was he before that?",
        "When does the bridge repair begin?|What about it?",
        "When does the library open?|Is borrowing free?|What did he do before?",
        "When does the library open?|Why?",
        "Who kept the lighthouse?|why?",
        "When does the tower painting begin?|Who said that?",
        "What did she do before?",
        "Where did she grow up?",
        "Why?",
    ],
)
def test_a_question_without_words_of_its_own_is_never_sure_by_those_of_others(bot: Bot, questions: str) -> None:
    assert held(bot, questions)[-1].confidence < SURE_FROM


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        ("Who closed the towpath?|Why?", "because the bank"),
        ("Who closed the towpath?|And when?", "2021"),
        ("Who has kept the lighthouse?|Since when?", "2016"),
        ("When does the bridge repair begin?|How long?", "two weeks"),
    ],
)
def test_what_the_quote_just_shown_tells_is_answered(bot: Bot, questions: str, told: str) -> None:
    answer = held(bot, questions)[-1]
    assert answer.band == "answered"
    assert told in marked(answer)
