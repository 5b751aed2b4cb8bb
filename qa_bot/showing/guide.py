"""The user's guide: Markdown pages of one topic each, shown by `qa-bot help TOPIC` and in the chat."""

import re
from pathlib import Path

from qa_bot.errors import TopicError

PAGES = Path(__file__).parents[1] / "guide"
"""The folder of the pages, `TOPIC.md` each."""
TOPICS = (
    "start asking quotes-and-refusals follow-ups documents index chat saved browser verify evaluate batch-and-json python "
    "settings models how-it-answers speed privacy troubleshooting glossary"
).split()
"""In the order in which a newcomer reads them."""

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]*)\)")
_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)


def page(topic: str, *, linked: bool = False) -> str:
    """The Markdown of a page, as it is shown, without its pictures. Raises TopicError for a topic that the guide lacks.

    A link to another page becomes the command that shows that page; with `linked` it stays a link, see `topic_of`.
    """
    topic = topic.lower()
    if topic not in TOPICS:
        raise TopicError(f"the guide has no page {topic!r}; {suggestion(topic)}")
    text = (PAGES / f"{topic}.md").read_text(encoding="utf-8")
    return _LINK.sub(lambda link: _shown(link, linked), _COMMENT.sub("", text))


def topic_of(href: str) -> str | None:
    """The topic of the page that a link leads to; None where it leads elsewhere."""
    topic = href.removesuffix(".md")
    return topic if topic in TOPICS else None


def _shown(link: re.Match[str], linked: bool) -> str:
    """A link as a page shows it."""
    picture, words, href = link.groups()
    if picture:
        return ""
    topic = topic_of(href)
    if topic is None:
        return words
    if linked:
        return link[0]
    command = f"`qa-bot help {topic}`"
    return command if words == topic else f"{words} ({command})"


def title(topic: str) -> str:
    """The heading of a page."""
    with (PAGES / f"{topic}.md").open(encoding="utf-8") as lines:
        return next(lines).removeprefix("# ").strip()


def suggestion(topic: str) -> str:
    """What to ask for in place of a topic that the guide does not have."""
    near = nearest(topic)
    return f"perhaps qa-bot help {' or '.join(near)}" if near else "qa-bot help lists the topics"


def nearest(word: str) -> list[str]:
    """The topics most like a word, best first, at most three: those that it begins or stands in, then those spelt alike."""
    from difflib import get_close_matches

    word = word.lower()
    holding = [topic for topic in TOPICS if len(word) > 2 and word in topic]
    return list(dict.fromkeys([*holding, *get_close_matches(word, TOPICS, n=3, cutoff=0.5)]))[:3]
