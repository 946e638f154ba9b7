"""What drawn figures say is what their numbers say."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.figures import HEIGHT, LEVELS, WIDTH, greatest, level, share, trace

numbers = st.floats(min_value=0, max_value=1e9)


@given(st.lists(numbers, min_size=1, max_size=60))
def test_a_line_stays_in_its_drawing_and_rises_with_its_numbers(values):
    points = trace(values)
    assert all(0 <= x <= WIDTH + 0.1 and 0 <= y <= HEIGHT for x, y in points)
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    highest, lowest = values.index(max(values)), values.index(min(values))
    assert points[highest][1] <= points[lowest][1]


def test_a_line_of_nothing_new_runs_along_the_middle():
    assert trace([4, 4, 4]) == [(0, HEIGHT / 2), (WIDTH / 2, HEIGHT / 2), (WIDTH, HEIGHT / 2)]
    assert trace([7]) == [(0, HEIGHT / 2)]
    assert trace([0, 0]) == [(0, HEIGHT), (WIDTH, HEIGHT)]


def test_a_bar_is_as_long_as_its_share_and_something_is_never_nothing():
    assert [share(value, 200) for value in (200, 50, 0)] == [100, 25, 0]
    assert share(1, 100_000) == 1
    assert share(3, 0) == 0


@given(numbers, numbers)
def test_more_is_never_paler(one, other):
    most = max(one, other)
    assert level(min(one, other), most) <= level(most, most)
    assert level(most, most) == (LEVELS if most else 0)


def test_an_empty_table_has_no_greatest_number():
    assert greatest([]) == greatest([[], []]) == 0
    assert greatest([[1, 9], [4]]) == 9
