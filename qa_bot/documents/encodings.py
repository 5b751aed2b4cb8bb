"""Whether text that is not UTF-8 is in the commonest of the older encodings, told by its letters."""

import re

WESTERN = "cp1252"
"""What older text in a Western European language is encoded in most often; ISO 8859-1 is a part of it."""
ALPHABETS = {
    "French": "àâçèéêëîïôùûüœ",
    "German": "äöüßé",
    "Spanish": "áéíñóúü",
    "Portuguese": "àáâãçéêíóôõúü",
    "Italian": "àèéìíòóùú",
    "Catalan": "àçèéíïòóúü",
    "Dutch": "áèéëïíóöüú",
    "Nordic": "åäöæøéü",
}
"""The letters beyond ASCII of languages that are written in that encoding and are told from those of others by them alone."""
ANY = "".join(sorted(set("".join(ALPHABETS.values()))))
NAMES_ONLY = 50
"""Letters to one beyond ASCII from which on these are taken to stand in names and borrowed words, of any language."""
COVERED = 0.95
"""Share of the letters beyond ASCII that a language must have; the rest are names of others."""

_STANDS_ALONE = "“‘„«¿¡€£©®§•"
_ENDS_A_WORD = "”»™ªº²³½¼¾"
_ANYWHERE = "’–—…·°×\u00a0"
_OUT_OF_PLACE = re.compile(
    rf"[^\W\d_][{_STANDS_ALONE}]|[{_ENDS_A_WORD}][^\W\d_]|[^\x00-\x7f\w{_STANDS_ALONE}{_ENDS_A_WORD}{_ANYWHERE}]"
)
"""Signs where text has none, as in another encoding's letters: “f”r” for “för”, “cafÃ©” for “café”."""


def is_western(data: bytes) -> bool:
    """Whether the bytes, read as cp1252, are what a Western European language is written with: mostly plain letters, those
    beyond ASCII of one language, and signs only where they belong."""
    try:
        text = data.decode(WESTERN)
    except UnicodeDecodeError:
        return False
    beyond = [letter for letter in text.lower() if letter > "\x7f" and letter.isalpha() and letter not in "ªº"]
    plain = sum(letter.isalpha() for letter in text) - len(beyond)
    if _OUT_OF_PLACE.search(text) or len(beyond) > plain:
        return False
    alphabets = [*ALPHABETS.values(), *([ANY] if plain >= NAMES_ONLY * len(beyond) else [])]
    return any(sum(letter in alphabet for letter in beyond) >= COVERED * len(beyond) for alphabet in alphabets)
