import datetime

import pytest

from qa_bot.documents.dating import date_of_changed_line, date_of_line, document_date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("22 March 2019", "2019-03-22"),
        ("Press Team , 11 January 2024 11:11", "2024-01-11"),
        ("Friday, 1st of May 2020", "2020-05-01"),
        ("Published: September 29, 2025", "2025-09-29"),
        ("2019-03-22T10:00:00Z", "2019-03-22"),
        ("Date: 22/03/2019", "2019-03-22"),
        ("05.05.2019", "2019-05-05"),
        ("March 2019", "2019-03"),
        ("03/04/2019", None),
        ("31 June 2019", None),
        ("On 27 February 2019 they came.", None),
        ("The visit was on 27 February 2019 and found much to praise in the service", None),
        ("in March 2017 the council met", None),
        ("Chapter 12", None),
        ("Last modified: 08 February 2024 13:40", None),
    ],
)
def test_date_lines(line: str, date: str | None) -> None:
    assert date_of_line(line) == date


def test_a_line_of_a_change_is_one_of_its_own() -> None:
    assert date_of_changed_line("Last modified: 08 February 2024 13:40") == "2024-02-08"
    assert date_of_changed_line("22 March 2019") is None


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("2018-03-13-PVC.md", "2018-03-13"),
        ("notes/20190322_minutes.txt", "2019-03-22"),
        ("1937-franklin-d-roosevelt.txt", "1937"),
        ("report 2019-03.txt", "2019-03"),
        ("report-20191399.txt", None),
        ("003_7a3598a8e012728e.txt", None),
        ("0451.txt", None),
        ("parish council 3 May 2019.md", "2019-05-03"),
        ("parish_council_3_May_2019.md", "2019-05-03"),
        ("May 3rd, 2019 council.md", "2019-05-03"),
        ("27-11-2018 letter.txt", "2018-11-27"),
        ("27.11.2018 letter.txt", "2018-11-27"),
        ("letter 27_11_2018.txt", "2018-11-27"),
        ("letter-27-11-2018.txt", "2018-11-27"),
        ("budget 2020 of 14 February 2019.txt", "2019-02-14"),
        ("newsletter-October-2017.txt", "2017-10"),
        ("04-03-2021 letter.txt", "2021"),
        ("2018/plain.txt", None),
    ],
)
def test_dates_in_names(path: str, date: str | None) -> None:
    assert document_date({}, ["Some words."], "", path) == date


def test_the_order_of_the_sources() -> None:
    lines = ["A title", "22 March 2019", "Last modified: 1 May 2020"]
    fields: dict[str, object] = {"lastmod": "2016-01-01", "Date": datetime.date(2017, 2, 1)}
    assert document_date(fields, lines, "Outage - 3 May 2018", "2015-01-01.md") == "2017-02-01"
    assert document_date({}, lines, "Outage - 3 May 2018", "2015-01-01.md") == "2019-03-22"
    assert document_date({}, lines[::2], "Outage - May 3, 2018", "2015-01-01.md") == "2018-05-03"
    assert document_date({}, lines[::2], "Delays (November 2025)", "a.md") == "2025-11"
    assert document_date({}, lines[::2], "Outage", "2015-01-01.md") == "2015-01-01"
    assert document_date({}, lines[::2], "Outage", "a.md") == "2020-05-01"
    assert document_date({}, lines[:1], "Outage", "a.md") is None


def test_a_date_line_far_down_is_no_date_of_the_document() -> None:
    assert document_date({}, ["Words."] * 40 + ["22 March 2019"] + ["Words."] * 40, "", "a.txt") is None


@pytest.mark.parametrize("value", [True, None, "soon", "2019-13-45", ["2019-01-01"], 7])
def test_a_field_that_is_no_date_is_passed_over(value: object) -> None:
    assert document_date({"date": value}, [], "", "a.md") is None
