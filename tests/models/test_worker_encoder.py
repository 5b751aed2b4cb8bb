"""The worker's process runs this program's modules, not what lies in the current folder."""

from pathlib import Path

import pytest

from qa_bot.models.worker_encoder import WorkerEncoder

TRAP = "from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()\nraise ImportError('a trap')\n"


@pytest.mark.slow
def test_modules_in_the_current_folder_are_not_run(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "numpy", "sentence_transformers", "torch", "yaml"):
        (tmp_path / f"{name}.py").write_text(TRAP)
    monkeypatch.chdir(tmp_path)
    encoder = WorkerEncoder(str(tiny))
    try:
        assert encoder.dimension > 0
    finally:
        encoder.close()
    assert list(tmp_path.glob("*.ran")) == []
