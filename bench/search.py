"""The search: what it finds of real gigs, and how long it takes in a large marketplace beside a small one."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from statistics import quantiles
from time import perf_counter

from bench import people
from bench.data import Database, database
from bench.relevance import DATA, HELD_OUT, Labelled, labelled, mean_score, mistyped
from bench.relevance.ranking import by_plain, ours, real_gigs
from bench.results import Result
from bench.servers import Web, guildhall

_SMALL, _LARGE, _ROUNDS = 1_000, 100_000, 30
# Rare words, common ones, several, an unfinished one, a mistyped one, one that leaves something out.
QUESTIONS = ("wordmark", "typeset guide", "sign photograph", "teach variable fonts", "men", "wrodmark", "menus -club")


def relevance() -> Iterator[Result]:
    """Yield the mean nDCG@10 over questions labelled by hand, of plain full-text search and of ours."""
    if not DATA.exists():
        print(f"\n  The real gigs are not here ({DATA}): relevance is not measured.")
        return
    with real_gigs() as (filled, _):
        yield from _scores(filled, labelled(HELD_OUT), "held out", against_plain=1.2, mistyped_keep=0.9)
        yield from _scores(filled, labelled(), "tuned on")


def _scores(
    filled: Database,
    questions: Sequence[Labelled],
    part: str,
    *,
    against_plain: float | None = None,
    mistyped_keep: float | None = None,
) -> Iterator[Result]:
    best = by_plain(filled, [question.text for question in questions])
    plain = mean_score(lambda text: best[text], questions)
    own = mean_score(ours, questions)
    slipped = mean_score(ours, [mistyped(question) for question in questions])
    yield Result(f"relevance, {part}, plain full-text search: nDCG@10", plain, "")
    yield Result(f"relevance, {part}, ours: nDCG@10", own, "")
    yield Result(f"relevance, {part}, ours against plain", own / plain, "×", against_plain)
    yield Result(f"relevance, {part}, mistyped against ours", slipped / own, "×", mistyped_keep)


def speed() -> Iterator[Result]:
    """Yield how much longer the slowest twentieth of searches takes among 100,000 gigs than among 1,000; and suggestions."""
    with ExitStack() as stack:
        filled = stack.enter_context(database("bench_search", tenants=2, gigs=_SMALL, gigs_of_first=_LARGE))
        web = stack.enter_context(guildhall("search", filled.environment, "layouts"))
        times: dict[str, list[float]] = {"large": [], "small": [], "typed": []}
        ways = {"large": people.member(filled, tenant=1), "small": people.member(filled, tenant=2)}
        for number in range(_ROUNDS):
            for question in QUESTIONS:
                for name, headers in ways.items():
                    # Of whole pages only the layout is remembered; a filter that leaves all keeps the words apart.
                    path = f"/gigs?q={question.replace(' ', '+')}"
                    times[name].append(seconds(web, path, headers))
            times["typed"].append(seconds(web, f"/suggestions/search?typed={QUESTIONS[number % 7][:3]}", ways["large"]))
    large, small, typed = (p95(times[name]) for name in ("large", "small", "typed"))
    yield Result("search among 1,000 gigs: p95", small * 1000, "ms")
    yield Result("search among 100,000 gigs: p95", large * 1000, "ms")
    yield Result("search, 100,000 gigs against 1,000: p95", large / small, "×", 3.0, "lower")
    yield Result("suggestions while typing against the page: p95", typed / large, "×", 0.5, "lower")


def seconds(web: Web, path: str, headers: dict[str, str]) -> float:
    """Return how long one page takes, in seconds."""
    began = perf_counter()
    status, _, _ = web.get(path, headers)
    assert status == 200, path
    return perf_counter() - began


def p95(times: list[float]) -> float:
    """Return what the slowest twentieth takes at least."""
    return quantiles(times, n=20)[-1]
