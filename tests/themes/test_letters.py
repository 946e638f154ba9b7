"""Letters: both parts say the same, in the hall's look."""

import pytest

from tenants.context import TenantInfo
from themes.letters import Letter, sender_of


@pytest.fixture
def letter() -> Letter:
    return Letter(
        subject="Orla Finch shortlisted you",
        paragraphs=["She likes how you draw & letter. " * 6],
        quote="Keep the leaning R.\n\nPlease.",
        facts=[("Gig", "Sign lettering <one word>"), ("Pay", "£480")],
        action=("See what she asks", "http://designers.localhost:8000/applications/" + "7" * 80),
        after=["Nothing to do? Then do nothing."],
        why="You raised your hand for this gig.",
        preferences="http://designers.localhost:8000/settings/notifications",
        unsubscribe="http://designers.localhost:8000/unsubscribe/abc",
    )


def test_both_parts_say_everything(hall: TenantInfo, letter: Letter):
    mail = letter.to("maya@example.com", message_id="shortlisted-1", tenant=hall)
    for words in (
        "Orla Finch shortlisted you",
        "Keep the leaning R.",
        "£480",
        "Then do nothing.",
        "You raised your hand",
    ):
        assert words in mail.text
        assert words in mail.html
    for address in (letter.action[1], letter.preferences, letter.unsubscribe):
        assert address in mail.text
        assert f'href="{address}"' in mail.html
    assert mail.name == hall.name


def test_what_people_typed_is_escaped_in_one_part_and_itself_in_the_other(hall: TenantInfo, letter: Letter):
    mail = letter.to("maya@example.com", message_id="shortlisted-1", tenant=hall)
    assert "Sign lettering <one word>" in mail.text
    assert "draw & letter" in mail.text
    assert "Sign lettering &lt;one word&gt;" in mail.html


def test_the_plain_part_has_short_lines_and_whole_addresses(app, letter: Letter):
    lines = letter.as_text(sender_of(None)).splitlines()
    assert all(len(line) <= 76 or line.startswith("http") for line in lines)
    assert letter.action[1] in lines
    assert "> Keep the leaning R." in lines


def test_a_letter_wears_its_halls_colours(hall: TenantInfo, letter: Letter):
    own, platform = letter.as_html(hall), letter.as_html()
    assert own != platform
    assert "var(--" not in own
    assert "Guildhall" in platform


def test_a_short_letter_has_no_empty_parts(app):
    letter = Letter(subject="Your code is 482 913")
    assert letter.as_text(sender_of(None)).startswith("Your code is 482 913\n\n-- \nGuildhall, http")
    assert "<dl" not in letter.as_html()
    assert "<blockquote" not in letter.as_html()
