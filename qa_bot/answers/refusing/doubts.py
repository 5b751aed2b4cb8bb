"""A floor of honesty under the confidence: what the marked words cannot be, however near they come to the question.

Whoever asks when, why, who, where, how many or for what price is told something of that kind or is told of the doubt; and words
of another town, person, year or version than the question names are never handed out as sure. Measured on four sets of questions
over 292 documents: of 181 answers whose marked words lack even the vaguest sign of what was asked for, 173 are wrong.
"""

import re
from collections.abc import Iterator, Sequence

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.refusing.evidence import absent_numbers, foreign_names, nearness, told_by
from qa_bot.answers.understanding.answer_type import offers
from qa_bot.answers.understanding.query import Query, empty_terms
from qa_bot.index.engines import PassageStore, TermIndex
from qa_bot.language.analysis import terms
from qa_bot.language.language import AnswerType

LACKS: dict[AnswerType, str] = {
    "number": "the question asks for a number, and the marked words have none",
    "time": "the question asks for a time, and the marked words tell none",
    "person": "the question asks who, and the marked words name nobody",
    "place": "the question asks where, and the marked words name no place",
    "reason": "the question asks why, and the marked words give no reason",
}
"""What is said of marked words that have nothing of the kind asked for."""
SPEAKER = re.compile(r"\W*[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}\W*:")
"""The label of what somebody says."""
NO_WORDS = "the question has no words of its own that could be looked for"
POINTS_NOWHERE = "the question is about somebody or something that was not named before"
"""What is said where only earlier words could be looked for, and where there are none."""
NEAR = 0.57
"""From this cosine on a word of the question is met by another word. Set by hand: of the answerable questions of three sets with
words that no document has, it doubts none that is answered with confidence."""
SHORT, SUBJECT = 4, 1 / 3
"""Words of a short question, and the share of them that say what it is about."""
PRICE = "the question asks for a price, and the marked words have none"
"""The same for a price."""


def doubts(
    query: Query, hit: Hit, marked: Sequence[str], compares: bool, lexical: TermIndex, store: PassageStore
) -> tuple[str, ...]:
    """Why the words marked in the first hit may not answer, a sentence each; () where nothing speaks against them.

    `compares` tells that the question is about several names, of which one document need not have all.
    """
    if query.bare or dangles(query):
        return tuple(wordless(query, hit, marked))
    return (
        *unmet(query, hit, lexical),
        *lacking(query, hit, marked),
        *([] if compares else of_another(query, hit, lexical, store)),
    )


def unmet(query: Query, hit: Hit, lexical: TermIndex) -> Iterator[str]:
    """That no document has the words that say what a short question is about, and the first hit nothing near them.

    "Is smoking allowed?" is not answered by what else is allowed. In a long question a few such words tell nothing: people say
    the same thing in other words.
    """
    empty = empty_terms(query.question.language)
    own = [i for i, (term, weight) in enumerate(query.word_terms) if weight == 1 and term not in empty]
    near = nearness(query, hit, own)
    names = [
        query.word_terms[i][0]
        for i, n in zip(own, near, strict=True)
        if n < NEAR and not lexical.holds(query.word_terms[i][0])
    ]
    if names and len(own) <= SHORT and len(names) >= SUBJECT * len(own):
        yield f"no document has {', '.join(query.written.get(term, term) for term in names)}, nor do these words come near"


def wordless(query: Query, hit: Hit, marked: Sequence[str]) -> Iterator[str]:
    """That a question without words of its own is not answered, or points at nothing.

    "Why?" and "Who said that?" ask for something of a kind, which the passage, its speaker or its date may tell. For "What did
    she do before?" no words can be looked for but those of earlier questions, and meeting these tells nothing.
    """
    kind = query.point.answer_type
    if dangles(query):
        yield POINTS_NOWHERE
    elif kind is None:
        yield NO_WORDS
    elif not returned(query, hit, marked, kind):
        yield LACKS[kind]


def returned(query: Query, hit: Hit, marked: Sequence[str], kind: AnswerType) -> bool:
    """Whether the quote just shown, or the marked words, have what a question without words asks for.

    No vague sign will do for a reason, nor for whoever is asked to have said it: nearly every sentence has one.
    """
    language = query.question.language
    if kind == "reason":
        return any(offers(said, kind, frozenset(), language) for said in marked)
    if kind == "person" and query.question.terms:
        return told_by(query, hit) or any(SPEAKER.match(said) for said in marked)
    return told_by(query, hit) or any(tells(query, said, kind) for said in marked)


def dangles(query: Query) -> bool:
    """Whether the question begins with a pronoun for somebody, and nothing that came before can be meant."""
    language, text = query.question.language, query.point.text
    found = language.dangling.search(text)
    return found is not None and not query.searched.still and not terms(text[: found.start()], language)


def lacking(query: Query, hit: Hit, marked: Sequence[str]) -> Iterator[str]:
    """That the marked words, or for a time the headings above them, have nothing of the kind that is asked for."""
    language, kind = query.question.language, query.point.answer_type
    if language.price.search(query.point.text):
        if not any(tells(query, said, "number") for said in marked):
            yield PRICE
    elif kind is not None:
        above = [hit.found.passage.context] if kind == "time" else []
        if not any(tells(query, said, kind) for said in [*marked, *above]):
            yield LACKS[kind]


def tells(query: Query, said: str, kind: AnswerType) -> bool:
    """Whether the words have a thing of this kind, or a vague sign of one, that the question does not have."""
    asked, language = query.question.small_words, query.question.language
    if offers(said, kind, asked, language):
        return True
    signs = language.signs[kind].finditer(said)
    return any(kind == "place" or sign[0].lower() not in asked for sign in signs)


def of_another(query: Query, hit: Hit, lexical: TermIndex, store: PassageStore) -> Iterator[str]:
    """That the question names a place, a person, a year or a version which the first hit's document does not have."""
    names = [*foreign_names(query, hit, lexical, store), *absent_numbers(query, [hit], store), *query.point.unknown]
    if names:
        passage = hit.found.passage
        named = ", ".join(dict.fromkeys(whole(query.written.get(name, name), query.question.text) for name in names))
        when = f", {passage.date[:4]}" if passage.date and passage.date[:4] not in passage.title else ""
        yield f"the question names {named}; these words are of “{passage.title}”{when}"


def whole(name: str, question: str) -> str:
    """The name with the capitalised words of the question beside it: "South" in "Is South Shields near?" is South Shields."""
    capital = r"[A-Z][\w'’-]*"
    run = re.search(rf"(?:(?<!^){capital}[ -])*\b{re.escape(name)}\b(?:[ -]{capital})*", question)
    return run[0] if run and name[:1].isupper() else name
