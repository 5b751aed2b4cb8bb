"""A library whose every step the test decides: for what must be seen between two steps. Answers are cut from real files."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from pathlib import Path

from qa_bot.answers.model import Answer, Place, Quote, State
from qa_bot.answers.quoting.checking import Cited, FilesRead
from qa_bot.bot import Conversation
from qa_bot.config import Settings
from qa_bot.errors import Cancelled, IndexFolderError
from qa_bot.language.english import ENGLISH
from qa_bot.library import FileText, IndexSize, Library, Listed, Listener, Progress, Report, SeedsState
from qa_bot.span import Span


def quote_of(seeds: Path, document: str, sentence: str, before: str = "", after: str = "", **rest: object) -> Quote:
    """The quote that starts at `before` and ends with `after` around a highlighted sentence of a file."""
    text = (seeds / document).read_bytes().decode()
    at = text.index(sentence)
    start = text.rindex(before, 0, at) if before else at
    end = text.index(after, at) + len(after) if after else at + len(sentence)
    fields: dict[str, object] = {"title": document, "date": None, "score": 0.7, **rest}
    return Quote(
        document=document,
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        text=text[start:end],
        highlights=(Span(at, at + len(sentence)),),
        **fields,  # type: ignore[arg-type]
    )


class ScriptedLibrary(Library):
    """Answers from a table; `gate` names the steps that wait until the test lets them go."""

    def __init__(
        self, seeds: Path, answers: dict[str, Answer], gates: tuple[str, ...] = (), index: bool = True
    ) -> None:
        super().__init__(Settings(seeds=seeds))
        self.seeds = seeds
        self.answers = answers
        self.index = index
        self.gates = {name: threading.Event() for name in gates}
        self.state = SeedsState(found=5, outdated=0 if index else 5)
        self.asked: list[tuple[int, str]] = []
        self.scopes: list[Collection[str] | None] = []
        self.suggested: list[str] = []
        self.error: Exception | None = None
        self.cancelled = False
        self.touched: list[bool] = []
        self.report = Report(added=("a.txt",), documents=5, passages=118, embedded=118, seconds=1.5)

    def wait(self, name: str) -> None:
        if name in self.gates:
            assert self.gates[name].wait(300)

    def open(self) -> IndexSize:
        self.wait("open")
        if not self.index:
            raise IndexFolderError("there is no index yet; run qa-bot index")
        return IndexSize(5, 118)

    def look(self) -> SeedsState:
        return self.state

    def check(self, quotes: Sequence[Cited]) -> list[State]:
        files = FilesRead(self.seeds)
        return [files.state(quote.document, quote.start, quote.text) for quote in quotes]

    def watch(self, stop: threading.Event, *, every: float = 0.02, silence: float = 0) -> Iterator[bool]:
        while not stop.wait(0.02):
            if self.touched:
                yield self.touched.pop(0)

    def conversation(self, name: str = "", earlier: Iterable[Answer] = ()) -> "ScriptedConversation":
        return ScriptedConversation(self, int(name.removeprefix("chat-")))

    def sides(
        self, earlier: Sequence[Answer], question: str, documents: Collection[str] | None = None
    ) -> Sequence[Quote]:
        return self.answers[question].quotes

    def stop_words(self) -> Set[str]:
        return ENGLISH.stop_words

    def suggestions(self, refused: Answer, documents: Collection[str] | None = None) -> Sequence[str]:
        return self.suggested

    def update(
        self,
        full: bool = False,
        progress: Listener | None = None,
        cancelled: Callable[[], bool] | None = None,
        partly: Callable[[], None] | None = None,
    ) -> Report:
        assert progress is not None
        assert cancelled is not None
        progress(Progress("embedding", 62, 100, 4.2))
        if "update" in self.gates:
            while not self.gates["update"].wait(0.005):
                if cancelled():
                    self.cancelled = True
                    raise Cancelled("the update was stopped")
        if self.error:
            raise self.error
        self.index = True
        return self.report

    def read(self, path: str) -> FileText:
        return FileText((self.seeds / path).read_bytes().decode())

    def documents(self) -> list[Listed]:
        return [
            Listed("a.txt", "The [red] kettle", "2019-03-22", 3),
            Listed("b.txt", "Tea", None, 1200),
            Listed("bad.bin", reason="holds binary data"),
        ]

    def file(self, path: str) -> Path:
        return self.seeds / path


class ScriptedConversation(Conversation):
    """Takes each answer from the library's table."""

    def __init__(self, library: ScriptedLibrary, number: int) -> None:
        self.library, self.number = library, number

    def ask(self, question: str, *, documents: Collection[str] | None = None) -> Answer:
        self.library.asked.append((self.number, question))
        self.library.scopes.append(documents)
        self.library.wait("ask")
        if self.library.error:
            raise self.library.error
        return self.library.answers[question]


def sample(seeds: Path) -> dict[str, Answer]:
    """Three answers over the real seeds: strong, unsure, refused."""
    letter, news = "003_7a3598a8e012728e.txt", "002_5cf601eafef8570e.txt"
    named = {"title": "Focused visit to South Tyneside children's services", "date": "2019-03-22"}
    list_ = quote_of(
        seeds,
        letter,
        "The quality of social work assessments and plans to ensure they are all of a consistently high quality.",
        before="What needs",
        after="needs.",
        also_in=(Place(news, 10, 40),),
        **named,
    )
    lived = quote_of(
        seeds, letter, "Assessments do not consistently", before="However, those", after="impact.", **named
    )
    however = quote_of(seeds, news, "However, they also found", after=".", title="Social workers praised", date=None)
    return {
        "What needs to improve?": Answer(
            "c",
            "What needs to improve?",
            "What needs to improve? (still about: social work practice South Tyneside)",
            True,
            0.91,
            (list_, lived, however),
        ),
        "And now?": Answer(
            "c",
            "And now?",
            "And now? (still about: needs improve)",
            True,
            0.4,
            (however, lived),
            band="unsure",
        ),
        "What is the capital of France?": Answer(
            "c",
            "What is the capital of France?",
            "What is the capital of France?",
            False,
            0.02,
            (),
            (however, lived),
            ("capital", "France"),
            band="refused",
        ),
    }
