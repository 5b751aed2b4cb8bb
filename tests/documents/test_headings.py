import pytest

from qa_bot.documents.headings import join, last, split


@pytest.mark.parametrize(
    ("headings", "path", "nearest"),
    [
        ([], "", ""),
        (["Timeline"], "Timeline", "Timeline"),
        (["Timeline", "", "16:59"], "Timeline › 16:59", "16:59"),
        (["A › B", "C"], "A › B › C", "C"),
    ],
)
def test_a_path_of_headings_is_joined_and_its_last_one_found(headings: list[str], path: str, nearest: str) -> None:
    assert join(headings) == path
    assert last(path) == nearest
    assert join(split(path)) == path
    assert split(path)[-1:] == [nearest][: bool(path)]
