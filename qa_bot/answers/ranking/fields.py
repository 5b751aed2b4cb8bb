"""Fields: the front matter of a document (title, date, author, tags) as facts about the document.

A field answers where the question asks for that fact ("When was this written?", "Who is the author?", "What is its status?").
Otherwise a field is no candidate: a title that has the question's words is a sign that the text below the title answers.
"""

import re
from collections.abc import Sequence

from qa_bot.answers.understanding.question import Question
from qa_bot.language.analysis import word_terms

HEAD = re.compile(r"\ufeff?\s*(?:---|\+\+\+)[ \t]*(?:\r\n|\r|\n)\s*")
"""The line that opens the front matter."""
NAME = re.compile(r"[\"']?([^\s:=#][^:=\n]{0,60}?)[\"']?\s*[:=](?:\s|\Z)")
"""The name of a field, from its start."""
TRIED = 3
"""Documents at most for whose fields the text below is looked at."""
HANDED_DOWN = 0.9
"""Share of a field's score that the text below is given where it has less of its own. Set by hand."""


def field_names(sentences: Sequence[str]) -> tuple[str, ...]:
    """The name of the field that each of these sentences of a passage is, "" for none; empty where it is no front matter."""
    head = HEAD.match(sentences[0]) if sentences else None
    if head is None or not NAME.match(sentences[0], head.end()):
        return ()
    at = [head.end()] + [0] * (len(sentences) - 1)
    found = [NAME.match(text, start) for text, start in zip(sentences, at, strict=True)]
    return tuple(name[1].strip().lower() if name else "" for name in found)


def asked_for(question: Question, names: Sequence[str]) -> list[int]:
    """The numbers of the fields, given by their names, that the question asks for."""
    language, text = question.language, question.text
    wanted = [names_ for asks, names_ in language.field_questions if asks.search(text)]
    own = set(question.terms)
    usual = [names_ for _, names_ in language.field_questions]
    return [
        i
        for i, name in enumerate(names)
        if any(one.fullmatch(name) for one in wanted)
        or (name and not any(one.fullmatch(name) for one in usual) and own & set(word_terms(name, language)))
    ]
