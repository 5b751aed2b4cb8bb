"""Words match however their letters are spelt, and folding keeps the words of a text one for one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_bot.language.analysis import terms, word_spans
from qa_bot.language.letters import folded, typed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse Sørlie", unicodedata.normalize("NFD", "Åse Sørlie")),
        ("Phạm Thị Hương", unicodedata.normalize("NFD", "Phạm Thị Hương")),
        ("naïveté", "nai\u0308vete\u0301"),
        ("office workflow", "o\ufb03ce work\ufb02ow"),
        ("Stadium 42", "\uff33\uff54\uff41\uff44\uff49\uff55\uff4d\u3000\uff14\uff12"),
        ("extraordinary", "extra\u00adordi\u00adnary"),
        ("harbourmaster", "harbour\u00ad\n  master"),
        ("co-op shop", "co\u2011op\u00a0shop"),
        ("Henry IV", "Henry \u2163"),
        ("がっこう", unicodedata.normalize("NFD", "がっこう")),
        ("x = 3", "\U0001d465 = \U0001d7d1"),
        ("Wi\u2060Fi", "WiFi"),
        ("cafébar", "cafe\u0301\u00ad\nbar"),
    ],
)
def test_the_same_words_spelt_in_two_ways(one: str, other: str) -> None:
    assert one != other
    assert terms(one) == terms(other) != []
    assert folded(one) == folded(other)
    assert len(word_spans(one)) == len(word_spans(other))


@pytest.mark.parametrize(("text", "kept"), [("10² m", "10² m"), ("½ cup", "½ cup"), ("plain", "plain"), ("™ №", "™ №")])
def test_what_would_be_another_word_is_left(text: str, kept: str) -> None:
    assert folded(text) == kept


def test_names_are_compared_as_a_keyboard_writes_them() -> None:
    assert typed("Mum’s “notes”.md") == 'Mum\'s "notes".md'
    assert terms("O’Malley’s “own”") == terms("O'Malley's \"own\"")


def test_a_word_is_whole_with_its_marks() -> None:
    text = unicodedata.normalize("NFD", "déjà-vu हिन्दी")
    assert [text[start:end] for start, end in word_spans(text)] == [
        unicodedata.normalize("NFD", word) for word in ("déjà", "vu", "हिन्दी")
    ]


ALPHABET = st.characters(exclude_categories=["Cs", "Co", "Cn"]) | st.sampled_from(
    "ae1_ -'.\u0301\u0308\u00ad\n\r\u200d\ufeff\ufb01\uff21\u3099か\u2163"
)


@given(st.text(ALPHABET, max_size=12))
def test_folding_keeps_the_words_one_for_one(text: str) -> None:
    words, same = word_spans(text), word_spans(folded(text))
    assert len(words) == len(same)
    assert folded(folded(text)) == folded(text)
    for (start, end), (its_start, its_end) in zip(words, same, strict=True):
        assert folded(text[start:end]) == folded(folded(text)[its_start:its_end])
