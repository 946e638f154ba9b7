"""The calendar's file, read back by somebody else's reader."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.feeds.calendar_file import Day, written

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = st.text(max_size=120)
# What the format can say: no controls but the tab and ends of lines, which it knows one of.
SAYABLE = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029", include_characters="\t\n"),
    max_size=200,
)


def a_day(**said):
    return replace(
        Day("gig-1@guildhall", date(2026, 12, 24), "Due: a sign", "", "https://x.example/gigs/1", AT), **said
    )


def test_a_day_is_a_day_and_takes_no_time():
    read = Calendar.from_ical(written("Due dates", [a_day()]))
    (event,) = read.walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 12, 24)
    assert event.decoded("DTSTAMP") == AT
    assert (event["UID"], event["TRANSP"]) == ("gig-1@guildhall", "TRANSPARENT")
    assert event["URL"] == "https://x.example/gigs/1"
    assert read["PRODID"]
    assert read["VERSION"] == "2.0"


@given(title=SAYABLE, text=SAYABLE)
def test_whatever_can_be_said_is_read_back_as_it_was(title, text):
    (event,) = Calendar.from_ical(written("Due dates", [a_day(title=title, text=text)])).walk("VEVENT")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (title, text)


@given(title=WORDS, text=WORDS)
def test_no_words_begin_a_line_of_their_own_or_break_one(title, text):
    file = written("Due dates", [a_day(title=title, text=text), a_day(id="gig-2@guildhall")])
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    # Whole signs on each: every line can be read by itself.
    assert all(line.decode() is not None for line in lines)
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert len(Calendar.from_ical(file).walk("VEVENT")) == 2
    as_before = written("Due dates", [a_day(), a_day(id="gig-2@guildhall")]).split(b"\r\n")
    assert len([line for line in lines if not line.startswith(b" ")]) == len(as_before)
