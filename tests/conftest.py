"""What all tests share: the repository's seeds, an index over them with the real model, a tiny model; which tests are fast."""

import inspect
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.index.updating import update
from tests.fake_encoder import tiny_model

REPOSITORY = Path(__file__).parents[1]
SLOW = {"built", "own", "references", "snap_compare"}
"""Fixtures that load a real model or open the chat."""
PROCESSES = {"subprocess", "call", "on_terminal", "run"}
"""Names of a test module by which its tests start processes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as fast every test that loads no real model, opens no chat and is in a module that starts no processes."""
    for item in items:
        if (
            isinstance(item, pytest.Function)
            and not SLOW & set(item.fixturenames)
            and not inspect.iscoroutinefunction(item.function)
            and not PROCESSES & vars(item.module).keys()
            and not item.get_closest_marker("slow")
        ):
            item.add_marker("fast")


class ProcessWatch:
    """With `-m fast`, fails what starts a process while a fast test runs."""

    def __init__(self) -> None:
        self.forbids = False
        sys.addaudithook(self.heard)

    def heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.forbids and event in ("subprocess.Popen", "os.fork", "os.posix_spawn"):
            raise RuntimeError("a fast test starts a process; mark it with pytest.mark.slow")


WATCH = ProcessWatch()


@pytest.fixture(autouse=True)
def no_process_in_a_fast_test(request: pytest.FixtureRequest) -> Iterator[None]:
    chosen = request.config.getoption("markexpr") == "fast"
    WATCH.forbids = chosen and request.node.get_closest_marker("fast") is not None
    yield
    WATCH.forbids = False


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is set where the tests run must not set what they see."""
    for name in ("SEEDS", "INDEX", "MODEL", "QUIET", "K", "DATA", "MAX_SIZE"):
        monkeypatch.delenv(f"QA_BOT_{name}", raising=False)
    for name in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
    ):  # nor must they leave anything with whoever runs them
        monkeypatch.setenv(name, str(tmp_path_factory.getbasetemp() / name.lower()))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the repository's seeds, to change at will."""
    return Path(shutil.copytree(REPOSITORY / "seeds", tmp_path / "seeds"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The repository's seeds and their index, made once with the real model; for tests that only read."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(REPOSITORY / "seeds", folder / "seeds")
    settings = Settings(seeds=folder / "seeds", index=folder / "index")
    update(settings)
    return settings


@pytest.fixture
def own(built: Settings, tmp_path: Path) -> Settings:
    """A copy of the seeds and their index, to change at will."""
    for folder in (built.seeds, built.index):
        shutil.copytree(folder, tmp_path / folder.name)
    return Settings(seeds=tmp_path / "seeds", index=tmp_path / "index")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT model, embedded without torch in no time."""
    return tiny_model(tmp_path_factory.mktemp("models") / "tiny")
