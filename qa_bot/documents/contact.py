"""Lines that give an address or a telephone number."""

from qa_bot.language.english import ENGLISH
from qa_bot.language.language import Language


def is_contact(line: str, language: Language = ENGLISH) -> bool:
    """Whether the line gives a postal address, an e-mail or web address, or a telephone number."""
    return language.contact.search(line) is not None
