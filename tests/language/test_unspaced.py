"""Writing without spaces: runs are cut into pairs of characters, alike in the index and in a question."""

from pathlib import Path

import pytest

from qa_bot.language.analysis import terms, word_spans, words_in
from tests.answers.hand_made import lexical_index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("病假需要", ["病假", "假需", "需要"]),
        ("利用料は", ["利用", "用料", "料は"]),
        ("月5000円です", ["月", "5000", "円で", "です"]),
        ("ขนม", ["ขน", "นม"]),
        ("휴가는 열흘", ["휴가", "가는", "열흘"]),
        ("ABC会社", ["abc", "会社"]),
        ("café 水", ["cafe", "水"]),
        ("no runs here", ["run"]),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["病假需要医生", "月5000円です", "ABC会社 and more"])
def test_each_character_is_a_word_with_a_place(text: str) -> None:
    words = words_in(text)
    assert [word.at for word in words] == word_spans(text)
    assert [text[word.at.start : word.at.end] for word in words] == [word.text for word in words]
    assert {term for word in words for term in word.terms} == set(terms(text))


@pytest.mark.parametrize(("question", "found"), [("病假需要什么？", 1), ("駐車場はどこですか", 2), ("ขนมอะไร", 3)])
def test_a_sentence_is_found_by_its_words(tmp_path: Path, question: str, found: int) -> None:
    index = lexical_index(tmp_path, "病假需要医生证明。", "駐車場は地下一階にあります。", "ร้านขนมเปิดเช้า")
    assert index.search(dict.fromkeys(terms(question), 1.0), 3)[0] == found
