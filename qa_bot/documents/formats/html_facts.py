"""What a web page says of itself: title, author and date, in the words of its head and its structured data."""

import json
from collections.abc import Iterator

from resiliparse.parse.html import HTMLTree

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = ("author", "citation_author", "dc.creator", "dcterms.creator", "article:author", "byl", "sailthru.author")
_DATES = (
    "article:published_time", "citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "datepublished", "pubdate", "publish-date", "publish_date", "parsely-pub-date",
    "sailthru.date", "date", "article:modified_time", "dcterms.modified", "last-modified",
)  # fmt: skip
"""Names of `<meta>` elements, the surest first."""

_ARTICLES = frozenset(
    "Article NewsArticle BlogPosting Report ScholarlyArticle TechArticle WebPage AdvertiserContentArticle".split()
)
_PUBLISHED = "time[itemprop=datePublished], time[pubdate], article header time, .published time, time.published"

_MOST_DATA = 200_000
"""Characters of structured data that are looked at."""


def facts_of(tree: HTMLTree) -> dict[str, object]:
    """`title`, `author` and `date` of the page, those that it names."""
    said = _metas(tree)
    data = _structured(tree)
    facts = {
        "title": _title(tree, _first(said, _TITLES) or data.get("headline", "")),
        "author": next((name for name in _named(said, _AUTHORS) if "://" not in name), "") or data.get("author", ""),
        "date": _first(said, _DATES) or data.get("datePublished", "") or _time(tree),
    }
    return {name: value for name, value in facts.items() if value}


def _metas(tree: HTMLTree) -> dict[str, str]:
    """What the `<meta>` elements say, by their names in small letters; the first of a name counts."""
    said: dict[str, str] = {}
    for meta in tree.document.query_selector_all("meta[content]") if tree.document else ():
        name = (
            meta.getattr("name") or meta.getattr("property") or meta.getattr("itemprop") or meta.getattr("http-equiv")
        )
        words = " ".join((meta.getattr("content") or "").split())
        if name and words:
            said.setdefault(name.strip().lower(), words)
    return said


def _named(said: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (said[name] for name in names if name in said)


def _first(said: dict[str, str], names: tuple[str, ...]) -> str:
    return next(_named(said, names), "")


def _title(tree: HTMLTree, told: str) -> str:
    """The title without the name of the site: the top heading where the title of the window holds it."""
    window = " ".join((tree.title or "").split())
    tops = (
        [words for top in tree.body.query_selector_all("h1") if (words := _words(top.text or ""))] if tree.body else []
    )
    if len(tops) == 1 and len(tops[0]) > 2 and tops[0].lower() in (window or told).lower():
        return tops[0]
    return told or window


def _words(text: str) -> str:
    return " ".join(text.split()).rstrip("¶# ")


def _time(tree: HTMLTree) -> str:
    """The date of a `<time>` element that says the date of publication."""
    if tree.body is None:
        return ""
    said = tree.body.query_selector(_PUBLISHED)
    return (said.getattr("datetime") or _words(said.text or "")) if said else ""


def _structured(tree: HTMLTree) -> dict[str, str]:
    """Headline, author and date of the article that the page's JSON-LD tells of."""
    if tree.document is None:
        return {}
    for script in tree.document.query_selector_all('script[type="application/ld+json"]'):
        try:
            said = json.loads((script.text or "")[:_MOST_DATA])
        except (ValueError, RecursionError):
            continue
        for thing in _things(said):
            kinds = thing.get("@type")
            if _ARTICLES & set(map(str, kinds if isinstance(kinds, list) else [kinds])):
                found = {name: _name(thing.get(name)) for name in ("headline", "author", "datePublished")}
                return {name: words for name, words in found.items() if words}
    return {}


def _things(said: object) -> Iterator[dict[str, object]]:
    """The objects of the data: itself, those of a list, those of its graph."""
    if isinstance(said, list):
        yield from (thing for thing in said if isinstance(thing, dict))
    elif isinstance(said, dict):
        yield said
        yield from _things(said.get("@graph"))


def _name(said: object) -> str:
    """The words of a value, or the names of the persons that it lists."""
    if isinstance(said, str):
        return " ".join(said.split())
    if isinstance(said, dict):
        return _name(said.get("name"))
    return ", ".join(filter(None, map(_name, said))) if isinstance(said, list) else ""
