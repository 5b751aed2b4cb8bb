"""The program that qa-bot is measured against: what one writes first with sentence-transformers and FAISS, nothing hidden.

python -m tests.bench.naive index SEEDS INDEX
python -m tests.bench.naive ask INDEX QUESTION
python -m tests.bench.naive start INDEX
"""

import json
import sys
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

from qa_bot.models.finding import bundled_folder

WORDS, BATCH = 200, 32


def main(command: str, *given: str) -> None:
    """Make the index anew, or read it and answer, or only get ready to."""
    model = SentenceTransformer(str(bundled_folder()))
    if command == "index":
        seeds, folder = map(Path, given)
        texts = [
            window for file in sorted(seeds.rglob("*.txt")) for window in windows(file.read_text(encoding="utf-8"))
        ]
        index: faiss.Index = faiss.IndexFlatIP(model.get_embedding_dimension())
        index.add(model.encode(texts, batch_size=BATCH, normalize_embeddings=True))
        folder.mkdir(exist_ok=True)
        faiss.write_index(index, str(folder / "vectors.faiss"))
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        return
    index = faiss.read_index(str(Path(given[0], "vectors.faiss")))
    texts = json.loads(Path(given[0], "texts.json").read_text(encoding="utf-8"))
    if command == "ask":
        scores, found = index.search(model.encode([given[1]], normalize_embeddings=True), 3)
        for score, at in zip(scores[0], found[0], strict=True):
            print(f"{score:.2f}  {texts[at]}")


def windows(text: str) -> list[str]:
    """Stretches of so many words."""
    words = text.split()
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words), WORDS)]


if __name__ == "__main__":
    main(*sys.argv[1:])
