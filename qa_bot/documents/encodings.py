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
"""Letters beyond ASCII, by language. All these languages are written in cp1252 and are recognised by these letters alone."""
ANY = "".join(sorted(set("".join(ALPHABETS.values()))))
NAMES_ONLY = 50
"""With at least this many ASCII letters for each letter beyond ASCII, the letters of all languages are accepted together: they
stand in names and borrowed words."""
COVERED = 0.95
"""Share of the letters beyond ASCII that must belong to one language; the others may stand in foreign names."""

_STANDS_ALONE = "“‘„«¿¡€£©®§•"
_ENDS_A_WORD = "”»™ªº²³½¼¾"
_ANYWHERE = "’–—…·°×\u00a0"
_OUT_OF_PLACE = re.compile(
    rf"[^\W\d_][{_STANDS_ALONE}]|[{_ENDS_A_WORD}][^\W\d_]|[^\x00-\x7f\w{_STANDS_ALONE}{_ENDS_A_WORD}{_ANYWHERE}]"
)
"""Signs at places where no text has any. Bytes of another encoding look like this: “f”r” for “för”, “cafÃ©” for “café”."""


def is_western(data: bytes) -> bool:
    """Whether the bytes make sense as cp1252: most letters are ASCII, the others belong to one Western European language, and
    signs stand only where text has signs."""
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
