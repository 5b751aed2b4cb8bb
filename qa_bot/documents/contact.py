"""Lines that give an address or a telephone number."""

from qa_bot.language.english.pages import CONTACT


def is_contact(line: str) -> bool:
    """Whether the line gives a postal address, an e-mail or web address, or a telephone number."""
    return CONTACT.search(line) is not None
