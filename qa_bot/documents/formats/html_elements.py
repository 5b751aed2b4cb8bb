"""What the elements of a web page are to a reader: words, blocks, rows of a table, or what stands there for the site."""

import re
from collections.abc import Iterator
from itertools import count

from resiliparse.parse.html import ElementNode

HEADINGS = {f"h{level}": level for level in range(1, 7)}

SILENT = frozenset(
    "script style template head title meta link iframe object embed applet canvas svg video audio source track map area "
    "button select option datalist textarea input progress meter frameset noframes annotation annotation-xml rp".split()
)
"""Elements whose words are no text of the page."""

BLOCKS = frozenset(
    "html body main article section nav aside header footer hgroup address div p blockquote figure figcaption details summary "
    "form fieldset legend center ul ol menu dir li dl dt dd table caption thead tbody tfoot tr td th pre hr noscript search "
    "dialog listing xmp plaintext h1 h2 h3 h4 h5 h6".split()
)
"""Elements that begin on a line of their own."""

LISTS = frozenset(("ul", "ol", "menu", "dir"))
CODE = frozenset(("pre", "listing", "xmp", "plaintext"))

_AROUND = frozenset(("nav", "noscript", "search", "dialog"))
_AROUND_OUTSIDE = frozenset(("header", "footer", "aside"))
"""Elements for the site where they stand outside the main matter; within it they are a part of it."""
_AROUND_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "alertdialog")
)
_AROUND_NAMES = re.compile(
    r"(?:\A|[\s_-])(?:nav|navbar|navigation|navheader|navfooter|menu|sidebar|sphinxsidebar|breadcrumbs?|footer|masthead|"
    r"cookies?|consent|skip-?(?:link|to-content)|pagination|pager|share|sharing|related|advert(?:isement)?|promo|"
    r"newsletter|subscribe|toc|catlinks|printfooter|noprint)(?:\Z|[\s_-])",
    re.IGNORECASE,
)
"""Words in the classes and ids that the makers of many sites give to what stands on a page for the site."""

_MOST_AROUND = 0.5
"""Share of the words of the page from which on an element is not taken for navigation, whatever its name."""

_DROPPED = re.compile(r"(?:\A|\s)(?:headerlink|mw-editsection|anchor-?link|hash-?link)(?:\Z|\s)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ROWS_IN = frozenset(("thead", "tbody", "tfoot"))
_LONG_CELL = 400
"""Characters. A table whose cells are longer on average was made for the layout of the page."""


def elements(node: ElementNode) -> Iterator[ElementNode]:
    """The elements right below this one."""
    return (child for child in node.child_nodes if isinstance(child, ElementNode))


def is_dropped(node: ElementNode, tag: str) -> bool:
    """Whether the words of the element are a handle beside a heading, or an icon."""
    if tag not in BLOCKS and node.getattr("aria-hidden") == "true":
        return True
    return _DROPPED.search(node.class_name or "") is not None


def is_around(node: ElementNode, tag: str, *, within: bool, page: int) -> bool:
    """Whether the element stands on the page for the site, or is hidden. `within`: the element is a part of the main matter;
    `page`: the characters of the whole page."""
    if tag in ("html", "body", "main", "article") or tag in HEADINGS:
        return False
    names = f"{node.class_name or ''} {node.getattr('id') or ''}"
    like = (
        tag in _AROUND
        or (tag in _AROUND_OUTSIDE and not within)
        or (node.getattr("role") or "") in _AROUND_ROLES
        or (names != " " and _AROUND_NAMES.search(names) is not None)
        or node.hasattr("hidden")
        or _HIDDEN.search(node.getattr("style") or "") is not None
    )
    return like and node.query_selector("main, article, h1") is None and len(node.text or "") <= _MOST_AROUND * page


def rows(table: ElementNode) -> list[list[ElementNode]]:
    """The cells of each row of a table."""
    found: list[list[ElementNode]] = []
    for child in elements(table):
        if child.tag == "tr":
            found.append([cell for cell in elements(child) if cell.tag in ("td", "th")])
        elif child.tag in _ROWS_IN:
            found += rows(child)
    return found


def is_data(table: ElementNode, found: list[list[ElementNode]]) -> bool:
    """Whether the table holds data, and was not made for the layout of the page."""
    cells = [cell for row in found for cell in row]
    if table.getattr("role") == "presentation" or not cells or max(map(len, found)) < 2:
        return False
    if table.query_selector("table, h1, h2, h3, pre, ul ul") is not None:
        return False
    return sum(len(cell.text or "") for cell in cells) <= _LONG_CELL * len(cells)


def is_header(cells: list[ElementNode]) -> bool:
    """Whether the cells are the header of their table: all of them `<th>`, or all in a `<thead>`."""
    if not cells:
        return False
    row = cells[0].parent
    return all(cell.tag == "th" for cell in cells) or (
        row is not None and row.parent is not None and row.parent.tag == "thead"
    )


def definitions(node: ElementNode) -> Iterator[ElementNode]:
    """The terms and definitions of a list, those with a `<div>` around a pair too."""
    for child in elements(node):
        if child.tag == "div":
            yield from (inner for inner in elements(child) if inner.tag in ("dt", "dd"))
        elif child.tag in ("dt", "dd"):
            yield child


def numbers(node: ElementNode) -> Iterator[str]:
    """The numbers of a list's items, as a browser shows them."""
    start, kind = node.getattr("start") or "1", node.getattr("type") or "1"
    for number in count(int(start) if start.isdecimal() and len(start) < 9 else 1):
        yield f"{_number(number, kind)}. "


def _number(number: int, kind: str) -> str:
    if kind in "aA" and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in "iI" and 1 <= number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman if kind == "i" else roman.upper()
    return str(number)
