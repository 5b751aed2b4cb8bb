"""Lines that give an address or a telephone number."""

import re

_CONTACT = re.compile(
    r"\S@\S+\.\w|www\.|https?://|\b(?:tel|fax|phone|telephone|textphone)\b[.:]?\s*[\d(+]"
    r"|(?<![\w.])(?:\(?0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}|\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}|\+\d[\d ()-]{8,}\d)(?!\d)"
    r"|(?-i:\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]{2}\s\d{5}\b)",
    re.IGNORECASE,
)
"""E-mail and web addresses, telephone numbers, postcodes of the United Kingdom and ZIP codes of the United States."""


def is_contact(line: str) -> bool:
    """Whether the line gives a postal address, an e-mail or web address, or a telephone number."""
    return _CONTACT.search(line) is not None
