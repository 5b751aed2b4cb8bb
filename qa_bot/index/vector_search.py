"""How the vectors are searched, as the manifest says it; told apart from `vectors.py` so that `status` imports no FAISS."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VectorSearch:
    """The kind of a FAISS index, and how much of what an exact search finds it finds."""

    kind: str = "Flat"
    """"Flat" (every vector is compared: exact) or "IVF,SQ8" (lists, eight bits), as FAISS's index factory has them."""
    lists: int = 0
    nprobe: int = 0
    """Lists looked into for a question; 0 for an exact index."""
    recall: float = 1.0
    """Of the hundred nearest, the share found, measured when the lists were made."""
    made_for: int = 0
    """The number of passages then."""

    @classmethod
    def of(cls, manifest: Mapping[str, str]) -> "VectorSearch":
        """What `to_manifest` put into the manifest; an exact index where it says nothing."""
        if "vectors_kind" not in manifest:
            return cls()
        kind, recall = manifest["vectors_kind"], float(manifest["vectors_recall"])
        lists, nprobe, made_for = (int(manifest[f"vectors_{name}"]) for name in ("lists", "nprobe", "made_for"))
        return cls(kind, lists, nprobe, recall, made_for)

    def to_manifest(self) -> dict[str, str]:
        """As the manifest keeps it."""
        return {f"vectors_{name}": str(getattr(self, name)) for name in self.__dataclass_fields__}
