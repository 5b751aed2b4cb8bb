"""The real seeds, indexed once with the real model; each test may have a copy of its own to change."""

import shutil
from pathlib import Path

import pytest

from qa_bot.config import Settings
from qa_bot.index.builder import update

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def chat_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The seeds and their index, for tests that only read."""
    folder = tmp_path_factory.mktemp("chat")
    shutil.copytree(REPOSITORY / "seeds", folder / "seeds")
    settings = Settings(seeds=folder / "seeds", index=folder / "index")
    update(settings)
    return settings


@pytest.fixture
def own_settings(chat_settings: Settings, tmp_path: Path) -> Settings:
    """A copy of the seeds and their index, for tests that change them."""
    for folder in (chat_settings.seeds, chat_settings.index):
        shutil.copytree(folder, tmp_path / folder.name)
    return Settings(seeds=tmp_path / "seeds", index=tmp_path / "index")
