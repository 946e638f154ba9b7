"""Arrangements of blocks: values that a leader's steps make from one another."""

from hypothesis import given
from hypothesis import strategies as st

from app.editorial.arrangement import KINDS, Arrangement

NAMES = st.sampled_from(sorted(KINDS))
STEPS = st.one_of(
    st.tuples(st.just("moved"), NAMES, st.booleans()),
    st.tuples(st.just("switched"), NAMES, st.booleans()),
    st.tuples(st.just("worded"), NAMES, st.text(max_size=20)),
)


def take(arrangement, step):
    what, name, how = step
    if what == "moved":
        return arrangement.moved(name, up=how)
    elif what == "switched":
        return arrangement.switched(name, shown=how)
    else:
        return arrangement.worded(name, title="", text=how)


@given(st.lists(STEPS, max_size=40))
def test_any_steps_keep_every_block_once_with_the_opening_first_and_can_be_stored(steps):
    arrangement = Arrangement.usual()
    for step in steps:
        arrangement = take(arrangement, step)
    names = [one.name for one in arrangement.blocks]
    assert sorted(names) == sorted(KINDS)
    assert names[0] == "opening"
    assert arrangement.block("opening").shown
    assert Arrangement.read(arrangement.stored()) == arrangement


def test_a_block_goes_one_place_and_back():
    usual = Arrangement.usual()
    once = usual.moved("gigs", up=False)
    assert [one.name for one in once.blocks][:3] == ["opening", "categories", "gigs"]
    assert once.moved("gigs", up=True) == usual
    assert usual.moved("gigs", up=True) == usual
    assert usual.moved("join", up=False) == usual


def test_what_was_stored_before_gets_the_blocks_that_came_since():
    stored = [{"name": "join", "shown": False, "title": "", "text": ""}, {"name": "gone", "shown": True}]
    read = Arrangement.read(stored)
    assert [one.name for one in read.blocks] == list(KINDS)
    assert not read.block("join").shown


def test_a_text_is_shown_by_being_written_and_nothing_else_is():
    usual = Arrangement.usual()
    assert usual.worded("words", title="Us", text="Hello.").block("words").shown
    assert not usual.switched("people", shown=False).worded("people", title="Us", text="Hello.").block("people").shown
    assert usual.switched("words", shown=True).block("words").is_empty
