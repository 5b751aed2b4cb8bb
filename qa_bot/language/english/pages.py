"""English words of pages: abbreviations, greetings, addresses, footers, file names, page numbers."""

import re

from qa_bot.language.english.times import MONTH_ABBREVIATIONS, MONTHS

NEVER_LAST = frozenset(
    """
    dr mr mrs ms messrs mme mlle prof rev hon coun cllr sen rep gov gen col capt lt sgt e.g i.e cf vs
    viz approx al
    """.split()
)
"""Abbreviations that some name or words always follow (written without their full stop)."""

BEFORE_NUMBER = frozenset(
    [
        *"no nos vol vols fig figs eq eqs sec ch p pp art para ca c sept".split(),
        *(month.lower() for month in MONTH_ABBREVIATIONS if month not in MONTHS),
    ]
)
"""Abbreviations that end no sentence when a number follows."""

GREETING = re.compile(r"(?:dear|hi|hello)\b", re.IGNORECASE)
"""What a letter begins with."""

CONTACT = re.compile(
    r"\S@\S+\.\w|www\.|https?://|\b(?:tel|fax|phone|telephone|textphone)\b[.:]?\s*[\d(+]"
    r"|(?<![\w.])(?:\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}|\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}|\+\d[\d ()-]{8,}\d)(?!\d)"
    r"|(?-i:\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b)",
    re.IGNORECASE,
)
"""E-mail and web addresses, telephone numbers, postcodes of the United Kingdom and ZIP codes of the United States."""

COPYRIGHT = re.compile(r"©|\(c\)\s*(?:19|20)\d\d|\bcopyright\b|all rights reserved", re.IGNORECASE)
"""Words of a footer that tells who owns the page."""

PAGE_NUMBER = re.compile(r"(?:[Pp]age\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\Z")
"""The number of a printed page: "Page 3 of 12", from the start of a line."""

TELLS_NOTHING = frozenset("readme index untitled document doc file text page new notes copy draft final scan".split())
"""Words of file names that tell nothing of what is in the file."""

TITLE_FIELDS = ("title",)
"""Fields of front matter that hold the title."""

DATE_FIELDS = tuple(
    """
    date published publishdate publish_date datepublished pubdate created created_at issued
    lastmod last_modified last-modified modified updated updated_at
    """.split()
)
"""Fields of front matter that hold the date: of writing first, of the last change last."""

TELLS_OF_LIST = re.compile(
    r"\b(?:as follows|below|the following(?! (?:day|week|month|year|morning|evening|night|spring|summer|autumn|winter)\b)"
    r"|these (?:\w+ )?(?:are|steps|rules|things|points|items|reasons|conditions|documents|ways|options|questions|areas"
    r"|changes))\b",
    re.IGNORECASE,
)
"""Words by which a sentence that ends with a full stop leads in to the list below it."""
