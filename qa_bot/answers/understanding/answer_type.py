"""What kind of thing would answer the question: a person, a time, a number, a place, a reason."""

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import NAMED, AnswerType, Language


def answer_type_of(question: str, language: Language = ENGLISH) -> AnswerType | None:
    """The kind of thing asked for, by the first word that asks; None where any sentence may answer."""
    found = {kind: match.start() for kind, pattern in language.kinds.items() if (match := pattern.search(question))}
    may = language.may.search(question) if found else None
    found = {kind: at for kind, at in found.items() if not may or at < may.start()}
    return min(found.items(), key=lambda item: item[1])[0] if found else None


def asks_exactly(question: str, kind: AnswerType | None, language: Language = ENGLISH) -> bool:
    """Whether something exact is asked for; `kind` is the question's answer type."""
    return kind not in (None, "reason") or bool(language.exact.search(question))


def offers(sentence: str, kind: AnswerType | None, asked: frozenset[str], language: Language = ENGLISH) -> bool:
    """Whether the sentence has something of this kind that is not among the words of the question, in lower case."""
    if kind is None:
        return False
    if kind == "number":
        sentence = language.no_number.sub(" ", sentence)
    found = language.answers[kind].finditer(sentence)
    if kind in NAMED:  # the first word of a sentence has a capital in any case
        return any(match.start() > 1 and match[0].lower() not in asked for match in found)
    return any(match[0].lower() not in asked for match in found)
