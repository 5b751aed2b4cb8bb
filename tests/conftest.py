"""What all tests share: the repository's seeds, an index over them with the real model, a tiny model, the command line."""

import shutil
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.index.updating import update
from tests.fake_encoder import tiny_model

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is set where the tests run must not set what they see."""
    for name in ("SEEDS", "INDEX", "MODEL", "QUIET", "K", "DATA"):
        monkeypatch.delenv(f"QA_BOT_{name}", raising=False)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):  # nor must they leave anything with whoever runs them
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
