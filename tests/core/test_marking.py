"""Two texts side by side: words are marked, nothing of either is markup, and long ones cost little."""

from time import perf_counter

from app.core.marking import marked


def test_words_are_marked_and_spaces_between_them_along():
    assert marked("One word, today.", "One word, by Friday evening.") == (
        "One word, <del>today</del>.",
        "One word, <ins>by Friday evening</ins>.",
    )
    assert marked("", "New") == ("", "<ins>New</ins>")


def test_what_people_wrote_is_never_markup():
    before, after = marked("<b>bold</b>", "<script>x</script>")
    assert "<b>" not in before
    assert "<script>" not in after


def test_long_stretches_alike_are_left_out_and_long_texts_are_quick():
    alike = " ".join(f"word{number}" for number in range(300))
    before, after = marked(f"{alike} old", f"{alike} new")
    assert "…" in before
    assert len(after) < len(alike) / 2
    assert after.endswith("<ins>new</ins>")
    other = " ".join(f"term{number}" for number in range(1500, 0, -1))
    began = perf_counter()
    marked(" ".join(f"term{number}" for number in range(1500)) * 4, other * 4)
    assert perf_counter() - began < 1
