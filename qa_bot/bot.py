"""The Python API: a bot over a folder of documents, and its conversations."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from pathlib import Path
from threading import RLock

from qa_bot.answers.answering import Answerer
from qa_bot.answers.model import Answer, Quote
from qa_bot.answers.refusing.suggesting import suggestions
from qa_bot.answers.understanding.history import History
from qa_bot.config import NO_READER, Settings, settings_from
from qa_bot.documents.headings import last
from qa_bot.index.snapshot import Snapshot
from qa_bot.index.trouble import readable
from qa_bot.language.language import Language
from qa_bot.models.choosing import question_encoder
from qa_bot.models.encoder import Encoder
from qa_bot.models.finding import Model
from qa_bot.models.reader import BertReader, Reader


class Bot:
    """An open index that answers questions. Several threads may use it; questions are answered one after another."""

    def __init__(self, settings: Settings, snapshot: Snapshot):
        self.settings = settings
        self._lock = RLock()
        self._open(snapshot)

    @classmethod
    def open(cls, settings: Settings) -> "Bot":
        """The index as it stands, not updated; IndexFolderError where there is none."""
        return cls(settings, Snapshot.open(settings))

    @property
    def documents(self) -> int:
        """The number of documents in the index."""
        return self._snapshot.documents

    @property
    def passages(self) -> int:
        """The number of passages in the index."""
        return self._snapshot.passages

    @property
    def language(self) -> Language:
        """The language that the documents are read in."""
        return self._snapshot.lexical.language

    @property
    def generation(self) -> int:
        """Which build of the index is open."""
        return self._snapshot.generation

    def conversation(self, name: str = "", earlier: Iterable[Answer] = ()) -> "Conversation":
        """A new conversation, in which each question is understood in the light of the earlier ones.

        `earlier` holds the answers of a conversation to go on with, oldest first.
        """
        return Conversation(self, name, earlier)

    def ask(self, question: str, *, documents: Collection[str] | None = None) -> Answer:
        """The answer to one question on its own. With `documents` (paths as in quotes), no other documents are asked."""
        return self.conversation().ask(question, documents=documents)

    def suggestions(
        self, refused: Answer, *, documents: Collection[str] | None = None, limit: int = 3
    ) -> tuple[str, ...]:
        """At most `limit` questions that the documents near a refused question do answer, made of their headings and names.

        To be sure, each question is asked first, with `documents` of these only. So the call takes as long as some questions.
        """
        with self._lock, readable(self.settings.index):
            return suggestions(
                refused,
                lambda question: self.ask(question, documents=documents),
                self._headings,
                limit,
                self.language,
            )

    def _headings(self, path: str) -> list[str]:
        document = self._snapshot.store.document(path)
        passages = document.passages if document is not None else ()
        return list(dict.fromkeys(last(p.context) for p in passages if not p.residue))

    def paths(self) -> list[str]:
        """The paths of the documents in the index, sorted."""
        with self._lock, readable(self.settings.index):
            return [path for path, *_ in self._snapshot.store.documents()]

    def indexed_text(self, path: str) -> str:
        """The text of a document as it was indexed; "" where the index has no such document."""
        with self._lock, readable(self.settings.index):
            return self._snapshot.store.text(path)

    def reload(self) -> bool:
        """Open the newest generation of the index; True if there was a newer one. Conversations go on."""
        with self._lock:
            snapshot = Snapshot.open(self.settings)
            if snapshot.manifest == self._snapshot.manifest:
                snapshot.close()
                return False
            if snapshot.manifest["model_signature"] != self._snapshot.manifest["model_signature"]:
                self._stop_encoder()
            # With both closed, SQLite merges its log, which may have grown to many times the index, into the file.
            self._snapshot.close()
            snapshot.close()
            self._open(Snapshot.open(self.settings))
            return True

    def close(self) -> None:
        """Close the index and stop the encoder."""
        with self._lock:
            self._stop_encoder()
            self._snapshot.close()

    def _stop_encoder(self) -> None:
        if "_encoder" in self.__dict__:
            self._encoder.close()
            del self._encoder

    def _open(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        reader = None if self.settings.reader == NO_READER else lambda: self._reader
        self._answerer = Answerer(snapshot, lambda: self._encoder, self.settings.seeds, self.settings.k, reader)

    def _answer(self, question: str, chat: "Conversation", documents: Collection[str] | None) -> Answer:
        question = question.encode(errors="replace").decode()  # half characters, as JSON may bring, have no tokens
        with self._lock, readable(self.settings.index):
            return self._answerer.answer(question, chat._turns(self._answerer), chat.name, documents)

    def _sides(
        self, question: str, chat: "Conversation", documents: Collection[str] | None, limit: int
    ) -> tuple[Quote, ...]:
        with self._lock, readable(self.settings.index):
            return self._answerer.sides(question, chat._turns(self._answerer), documents, limit)

    @cached_property
    def _reader(self) -> Reader:
        return BertReader.load()

    @cached_property
    def _encoder(self) -> Encoder:
        return question_encoder(Model.find(self._snapshot.manifest["model"]))

    def __enter__(self) -> "Bot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Conversation:
    """Questions that follow one another: each is understood in the light of the earlier ones."""

    def __init__(self, bot: Bot, name: str, earlier: Iterable[Answer] = ()):
        self.name = name
        self._bot = bot
        self._earlier = tuple(earlier)
        self._history: History | None = None

    def ask(self, question: str, *, documents: Collection[str] | None = None) -> Answer:
        """The answer to the question, in the light of the earlier questions of this conversation.

        With `documents` (paths as in quotes), no other documents are asked; DocumentError where the index has none of these.
        """
        return self._bot._answer(question, self, documents)

    def sides(self, question: str, *, documents: Collection[str] | None = None, limit: int = 8) -> tuple[Quote, ...]:
        """The best quote of each document for the question, the oldest document first, undated ones last; `limit` at most.

        The question is not added to the conversation.
        """
        return self._bot._sides(question, self, documents, limit)

    def _turns(self, answerer: Answerer) -> History:
        """The history, made of the earlier answers when the first question is asked."""
        if self._history is None:
            self._history = answerer.recalled(self._earlier)
        return self._history


def open_bot(
    seeds: str | Path = "seeds",
    index: str | Path | None = None,
    *,
    model: str | None = None,
    reader: str | None = None,
    k: int | None = None,
    update: bool = True,
    progress: Callable[..., None] | None = None,
) -> Bot:
    """A bot over the documents in `seeds`, its index brought up to date first unless `update` is False.

    Without `index` the index of ./seeds is ./index, and that of another folder is kept in the user's cache folder.

    `progress` is called with a `qa_bot.index.updating.Progress` at each step. Raises a kind of `qa_bot.errors.QaBotError`
    whose message names the remedy.
    """
    settings = settings_from({"seeds": seeds, "index": index, "model": model, "reader": reader, "k": k})
    if update:
        from qa_bot.index.updating import update as update_index

        update_index(settings, progress=progress)
    return Bot.open(settings)
