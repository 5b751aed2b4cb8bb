import pytest

from qa_bot.documents.sentences import LONGEST, sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "whole",
    [
        "Coun Moira Smith said that Dr. Jones and Sen. Lee agreed.",
        "It shows e.g. Tom, i.e. the U.S. Army, at No. 5 in Fig. 3.",
        "The joint targeted area inspection (JTAI) in February 2016, and version 0.62.0, raised s47 by 3.5 per cent.",
        "See https://example.org/a.b?c=D. and no further.",
        "Use `foo. Bar` where\nthe line is wrapped.",
        "The cave was seen by Smith et al. (2008) on p. 271 of it.",
        '"Why?" he asked.',
        "1. Make sure",
    ],
)
def test_stays_whole(whole: str) -> None:
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["He came.", "She went!", "Did they?", "No."],
        ["“Hello there,” he said.", "“We are here.”", "Then he left."],
        ['The report said: "All is well.', "Nothing is wrong.", 'It is good."', "Then it ended."],
        ["(This is a note.)", "Next one... and more.", "Really?!"],
        ["**Note.**", "This is _it._", 'A **term**{: data-type="term"}.', "Next."],
        ["It was so.[1]", "Then it was not.[2][3]", "5 men came."],
        ["これは文です。", "次の文です！", "本当？", "はい"],
        ["lower case text ends.", "another sentence here."],
        ["**Lack of redundancy**", "All of the team were out."],
        ["😀 Emoji one.", "Über all."],
        ["![A chart.", "It shows 12&#x2013;17.", 'The end.](x.png "A title.', 'More.")'],
    ],
)
def test_is_cut_between(parts: list[str]) -> None:
    joined = "".join(part if part[-1] > "\u3000" else part + " " for part in parts).strip()
    joined = joined.replace("** All", "**\nAll")
    assert cut(joined) == parts


def test_an_overlong_sentence_is_cut_at_clauses() -> None:
    text = "; ".join(f"clause number {number} goes on for a while" for number in range(60)) + "."
    pieces = cut(text)
    assert len(pieces) > 3
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(piece.endswith((";", ".")) for piece in pieces)
    assert " ".join(pieces) == text


def test_a_long_address_is_not_cut_in_two() -> None:
    address = "https://example.org/" + "a" * 900
    assert cut(f"See {address} for more.")[0].endswith(address)


def test_only_the_given_part_is_cut() -> None:
    assert sentence_spans("One. Two. Three.", 5, 9) == [(5, 9)]


def test_a_block_of_any_length_is_cut_at_every_sentence() -> None:
    parts = [f"This is sentence number {number} of a long run of text." for number in range(3000)]
    assert cut(" ".join(parts)) == parts


@pytest.mark.parametrize("point", ["(a)", "(1)", "(12)", "(iv)", "(B)", " (x)", "a)", "1.", "(é)"])
def test_a_point_s_letter_stops_no_sentence(point: str) -> None:
    text = f"{point} The gate was painted. The hinge is to be oiled in spring. Mr Lund has the key."
    spans = sentence_spans(text, 0, len(text))
    assert [text[start:end] for start, end in spans] == [
        f"{point.strip()} The gate was painted.",
        "The hinge is to be oiled in spring.",
        "Mr Lund has the key.",
    ]
