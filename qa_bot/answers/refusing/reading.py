"""Where a single document is asked, its best hits are read together with the question: do any of their words answer?

Among many documents the features of `evidence.py` tell an answer from a passage on the subject. Within one document all
passages are on the subject, and only reading tells the two apart.
"""

from collections.abc import Sequence

from qa_bot.answers.ranking.retrieval import Hit
from qa_bot.answers.understanding.query import Query
from qa_bot.models.reader import Reader, Text

READ = 3
"""Hits that are read; reading one costs about as much as encoding four questions."""
LEAST, MOST = -8.0, 12.0
"""Bounds of a margin: beyond them a margin tells nothing more."""


def words_found(query: Query, hits: Sequence[Hit], reader: Reader) -> float:
    """How much likelier the best words of the first READ hits are to answer than none, a difference of logits in LEAST..MOST."""
    readings = reader.read(query.asked, [text_of(hit) for hit in hits[:READ]])
    return min(max([LEAST, *(reading.margin for reading in readings)]), MOST)


def text_of(hit: Hit) -> Text:
    """What of the hit is read: its document's title, the headings above the passage, the passage."""
    passage = hit.found.passage
    title, context = passage.title.strip(), passage.context.strip(" #")
    if not context or context == title or context in passage.text:
        return Text(title, passage.text)
    return Text(f"{title} . {context}" if title else context, passage.text)
