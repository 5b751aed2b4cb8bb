"""qa-bot: questions to a folder of documents, answered with verbatim quotes or an honest refusal.

    import qa_bot

    bot = qa_bot.open(seeds="seeds", index="index")
    chat = bot.conversation()
    answer = chat.ask("What needs to improve?")

Importing this loads nothing heavy: numpy, faiss and the rest come with the first use of a name.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa_bot.answers.model import Answer, Place, Quote
    from qa_bot.bot import Bot, Conversation
    from qa_bot.bot import open_bot as open
    from qa_bot.library import Library

__version__ = "0.1.0"
__all__ = ["Answer", "Bot", "Conversation", "Library", "Place", "Quote", "open"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    homes = {"Answer": "answers.model", "Place": "answers.model", "Quote": "answers.model", "Library": "library"}
    module = import_module(f"qa_bot.{homes.get(name, 'bot')}")
    return getattr(module, "open_bot" if name == "open" else name)
