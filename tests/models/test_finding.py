"""Which model: found by name, folder or download; told apart by what its files hold; a damaged one never used."""

import os
import shutil
import time
from pathlib import Path

import pytest

from qa_bot.config import DEFAULT_MODEL, Settings
from qa_bot.errors import ModelError
from qa_bot.index.updating import update
from qa_bot.models.choosing import fetched
from qa_bot.models.finding import Model, bundled_folder
from tests.fake_encoder import tiny_model


def test_the_default_model_is_the_bundled_one() -> None:
    model = Model.find(DEFAULT_MODEL)
    assert model.folder == bundled_folder()
    assert len(model.fingerprint) == 32  # and its weights are those that this program was measured with


def test_a_damaged_bundled_model_is_never_used(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bundled_folder(), folder)
    weights = folder / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match=r"the bundled model is damaged; reinstall it: pip install --force-reinstall"):
        Model(DEFAULT_MODEL, folder).fingerprint  # noqa: B018


def test_a_folder_is_the_same_model_from_wherever_it_is_named(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny.parent)
    assert Model.find(tiny.name) == Model.find(f"./{tiny.name}") == Model.find(str(tiny)) == Model.find(f"{tiny}/")


def test_the_fingerprint_tells_contents_and_the_signature_changes(tmp_path: Path) -> None:
    first = Model.find(str(tiny_model(tmp_path / "a", seed=1)))
    same = Model.find(str(tiny_model(tmp_path / "b", seed=1)))
    other = Model.find(str(tiny_model(tmp_path / "c", seed=2)))
    assert first.fingerprint == same.fingerprint != other.fingerprint
    before = same.signature
    assert same.signature == before != first.signature
    os.utime(tmp_path / "b" / "config.json", ns=(1, 1))
    assert same.signature != before


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"is not an embedding model .*give a model's folder or name"):
        Model.find(str(tmp_path))


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "../model", "a/b/c", "white space", "~/no such"])
def test_what_can_only_be_a_folder_is_not_looked_for_on_the_network(name: str) -> None:
    with pytest.raises(
        ModelError, match=r"there is no model folder .*give the folder of an embedding model, or a name"
    ):
        Model.find(name)


@pytest.mark.parametrize("variable", ["HF_HOME", "HF_HUB_CACHE", "XDG_CACHE_HOME"])
def test_a_downloaded_model_is_found_where_the_hub_keeps_it(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in ("HF_HOME", "HF_HUB_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    below = {"HF_HOME": "hub", "HF_HUB_CACHE": "", "XDG_CACHE_HOME": "huggingface/hub"}[variable]
    repository = tmp_path / below / "models--sentence-transformers--tiny"
    snapshot = repository / "snapshots" / "abc123"
    shutil.copytree(tiny, snapshot)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("abc123")
    assert Model.find("tiny").folder == snapshot
    assert Model.find("sentence-transformers/tiny").folder == snapshot
    assert Model.find("else/tiny").folder is None
    assert Model.find("tiny").fingerprint == Model.find(str(tiny)).fingerprint


@pytest.mark.slow  # it asks a process with torch
def test_a_model_that_cannot_be_had_is_told_soon_and_leaves_no_index(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    began = time.monotonic()
    with pytest.raises(ModelError, match=r"the model 'no/such-model' cannot be loaded .*leave it out for all-MiniLM"):
        update(Settings(seeds=seeds, index=tmp_path / "index", model="no/such-model"))
    assert time.monotonic() - began < 240  # of which all but a moment is for importing torch, on a busy machine too
    assert not (tmp_path / "index").exists()


def test_a_model_that_is_here_needs_no_fetching(tiny: Path) -> None:
    model = Model.find(str(tiny))
    assert fetched(model) is model
