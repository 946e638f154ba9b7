"""Rows that are filled in are what the template itself would draw."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.core.languages import speaking
from app.gigs.drawn_cards import CardDrawer
from app.gigs.facts import Facts, Skill

# What people write, and what they should not: markup, entities, what looks like a format or a mark of ours. PostgreSQL lets no
# null byte in.
WORDS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=12) | st.sampled_from(
    ["", "<b>", "Q&A", "&amp;", '"', "it's", "{{ x }}", "%s", "0", "\\1"]
)
ROWS = st.builds(
    Facts,
    **{name: WORDS for name in Facts._fields if name not in ("skills", "author_hue", "state")},
    skills=st.lists(st.builds(Skill, WORDS.filter(bool), st.booleans()), max_size=6),
    author_hue=st.integers(0, 11),
    state=st.sampled_from(["open", "paused", "draft", ""]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=ROWS, level=st.sampled_from([2, 3]), language=st.sampled_from(["en", "de", "ar"]))
@example(row=Facts(*[""] * 10, "0", 0, "", "", "", "open", []), level=2, language="en")
def test_a_filled_row_is_the_templates_own(app, row, level, language):
    macro = app.jinja_env.get_template("components/gigs.html").module.gig_row
    with speaking(language):
        drawer = CardDrawer(level)
        # The first of a shape, and one that finds its shape drawn.
        assert [drawer.draw(row) for _ in range(2)] == [str(macro(row, level))] * 2
