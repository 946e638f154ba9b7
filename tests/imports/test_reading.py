"""Files as people have them: what is read from them, and what is refused with which words."""

import pytest

from app.core.sheets import guarded
from app.imports.cells import UnreadableCell, read_count, read_date, read_level, read_place, read_skills
from app.imports.guessing import guess_mapping
from app.imports.pay import Pay, UnreadablePay, read_pay
from app.imports.rows import row_key
from app.imports.sheets import UnreadableSheet, read_sheet
from app.imports.summaries import written_summary


@pytest.mark.parametrize(
    "content",
    [
        b"Title,Pay\nPaint a door,20\n",
        "Title;Pay\r\nPaint a door;20\r\n".encode("utf-8-sig"),
        "Title\tPay\nPaint a door\t20".encode("utf-16"),
        b'"Title","Pay"\n"Paint a door","20"\n,\n\n',
    ],
)
def test_usual_encodings_and_separators_are_read(content):
    sheet = read_sheet(content)
    assert (sheet.columns, sheet.rows) == (["Title", "Pay"], [["Paint a door", "20"]])


def test_letters_of_older_spreadsheets_are_read():
    assert read_sheet("Name\nZoë Müller\n".encode("cp1252")).rows == [["Zoë Müller"]]


def test_short_and_long_rows_are_made_even():
    assert read_sheet(b"A,B\n1\n1,2,3\n").rows == [["1", ""], ["1", "2"]]


def test_what_cannot_be_shown_is_left_out():
    assert read_sheet("Title\nfoo\u202egnp.exe\x07\n".encode()).rows == [["foognp.exe"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Title,Pay\n", "no rows"),
        (b"PK\x03\x04\x00\x00", "not a CSV file"),
        (b"a" + b",a" * 200 + b"\n1\n", "201 columns"),
        (b"Title\n" + b"x" * 20_001, "more than 20,000 characters"),
        (b"Title\n" + b"x\n" * 20_001, "more than 20,000 rows"),
    ],
)
def test_what_is_no_list_is_told_so(content, words):
    with pytest.raises(UnreadableSheet, match=words):
        read_sheet(content)


def test_a_formula_is_guarded_on_its_way_out_and_in():
    assert [guarded(cell) for cell in ("=1+1", "@x", "-5", "-x", "plain", "-")] == [
        "'=1+1",
        "'@x",
        "-5",
        "'-x",
        "plain",
        "-",
    ]
    assert read_sheet(b"Title\n'=1+1\n").rows == [["=1+1"]]


def test_columns_are_guessed_by_heading_and_by_what_is_in_them():
    assert guess_mapping("gigs", ["Job Title", "Hourly/Fixed", "Budget", "Level", "Skills"], []) == {
        "title": 0,
        "pay": 1,
        "budget": 2,
        "level": 3,
        "skills": 4,
    }
    rows = [["Ana", "ana@example.org"], ["Bo", "bo@example.org"]]
    assert guess_mapping("members", ["Full name", "Contact"], rows) == {"name": 0, "email": 1}


@pytest.mark.parametrize(
    ("pay", "budget", "expected"),
    [
        ("Hourly: $25.00 - $50.00", "N/A", Pay("money", "hourly", 2500, 5000, "USD")),
        ("Hourly: $4.00 - $4.00", "N/A", Pay("money", "hourly", 400, None, "USD")),
        ("Hourly", "N/A", Pay("money", "hourly", None, None, "GBP")),
        ("Fixed price", "Est. budget:\n$1,000.00", Pay("money", "fixed", 100000, None, "USD")),
        ("1.250,00 €", "", Pay("money", "fixed", 125000, None, "EUR")),
        ("20–30 an hour", "", Pay("money", "hourly", 2000, 3000, "GBP")),
        ("5k", "", Pay("money", "fixed", 500000, None, "GBP")),
        ("CHF 80/h", "", Pay("money", "hourly", 8000, None, "CHF")),
        ("2.5 credits", "", Pay("credits", credits_minutes=150)),
        ("unpaid", "", Pay()),
        ("$0", "", Pay()),
        ("tbd", "-", Pay()),
    ],
)
def test_pay_is_read_from_two_cells(pay, budget, expected):
    assert read_pay(pay, budget, currency="GBP") == expected


@pytest.mark.parametrize("pay", ["lots", "12..5", "1-2-3", "-5", "£12.3456"])
def test_what_is_no_pay_is_told_so(pay):
    with pytest.raises(UnreadablePay):
        read_pay(pay, "", currency="GBP")


def test_skills_are_split_and_those_without_a_name_counted():
    assert read_skills("PHP, php; CSS | \nAPI, +3") == (["PHP", "CSS", "API"], 3)
    assert read_skills(", ".join(f"Skill {number}" for number in range(20))).unnamed == 8


def test_single_cells_are_read_kindly():
    assert str(read_date("31.3.2027")) == str(read_date("2027-03-31")) == str(read_date("31/3/2027")) == "2027-03-31"
    assert [read_level(cell) for cell in ("Entry Level", "senior dev", "?")] == ["Entry level", "Expert", ""]
    assert [read_place(cell) for cell in ("Leeds or remote", "Remote", "Leeds", "")] == [
        ("Leeds", True),
        ("", True),
        ("Leeds", False),
        ("", None),
    ]
    for wrong in (lambda: read_date("soon"), lambda: read_count("many", least=1, most=9)):
        with pytest.raises(UnreadableCell):
            wrong()


def test_a_summary_is_written_from_what_the_row_says():
    assert written_summary(
        ["Web Development", "Shopify", "CSS"], 3, "Expert", Pay("money", "fixed", 2000, None, "USD")
    ) == ("A quick fixed-price job in Shopify for an expert, with Web Development, CSS and 3 more.")
    assert written_summary([], 0, "", Pay("money", "hourly")) == "Hourly work for whoever knows it well."


def test_the_same_row_is_recognised_however_it_is_spaced():
    assert row_key("gig", ["Paint  a door", "20"]) == row_key("gig", [" paint a DOOR ", "20"])
    assert row_key("gig", ["Paint a door", "20"]) != row_key("gig", ["Paint a door20", ""])
