"""Emblems for fields of work: one that we drew, found by its key or by a word of the name, else one made up."""

import re
from functools import lru_cache
from math import cos, pi, sin

from markupsafe import Markup

from themes.drawing.geometry import Point, short, star
from themes.drawing.geometry import drawn as path_of
from themes.drawing.marks import MARKS
from themes.drawing.seed import Seed

CENTRE: Point = (16.0, 16.0)


@lru_cache(maxsize=512)
def emblem(name: str) -> Markup:
    """Return the emblem as inline SVG in `currentColor`. `name` is a key of `MARKS` or any category's name."""
    lines, tone = MARKS[mark] if (mark := mark_for(name)) else _made_up(name)
    return Markup(
        '<svg class="emblem" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">'
        f'<path d="{_circles(tone)}" fill="currentColor" fill-opacity=".16"/>'
        f'<path d="{_circles(lines)}" fill="none" stroke="currentColor" stroke-width="1.6" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def mark_for(name: str) -> str | None:
    """Return the key of the mark that a category's name asks for, such as "cooking" for "Supper clubs"."""
    folded = name.casefold().strip()
    if folded in MARKS:
        return folded
    for word in re.findall(r"[^\W\d_]+", folded):
        for stem, mark in _STEMS:
            # "car" is a car or cars, but neither a card nor care.
            if word in (stem, f"{stem}s") or (len(stem) > 3 and word.startswith(stem)):
                return mark
    return None


# The first letters of words that leaders write, by mark; the first word of a name that is known decides.
_WORDS = {
    "baking": "bake baki bread cake pastr",
    "beauty": "hair barber beaut makeup nail",
    "bicycle": "bicycl bike cycl",
    "branding": "brand logo identit",
    "catering": "cater banquet",
    "childcare": "child baby nanny toddler parent",
    "cleaning": "clean laundr housekeep",
    "committee": "committe board council governance",
    "company": "compan befriend elder visit senior neighbo",
    "cooking": "cook kitchen chef supper",
    "data": "data analy statist spreadsheet insight",
    "decorating": "decorat paint wallpaper",
    "delivery": "deliver courier logistic",
    "documents": "document admin paperwork",
    "electricity": "electric energ solar light",
    "electronics": "electron hardware robot circuit",
    "errands": "errand shopping groceri",
    "events": "event party festiv wedding celebrat cultur",
    "exam": "exam assess",
    "film": "film video cinema anim motion",
    "fitness": "fitness sport gym yoga movement danc",
    "furniture": "furnit uphols interior",
    "games": "game gamin boardgame",
    "garden": "garden plant landscap lawn tree",
    "growing": "grow farm harvest allotment",
    "home": "home hous repair handy build roof carpet",
    "ideas": "idea innovat strateg consult workshop",
    "illustration": "illustrat draw sketch art comic",
    "interface": "interface ui ux product prototyp app",
    "language": "language translat interpret locali",
    "law": "law legal polic complian",
    "layout": "layout editorial typeset magazine book publish",
    "learning": "learn educat course train skill",
    "lessons": "lesson teach class school",
    "lettering": "letter calligraph sign",
    "marketing": "market advert social promot communicat sales",
    "mentoring": "mentor coach",
    "metal": "metal weld forg smith jewel",
    "mobile": "mobile phone android ios",
    "money": "money financ account bookkeep tax fundrais grant",
    "moving": "moving remov lift storag pack",
    "music": "music song band piano guitar choir",
    "nursing": "nurs care health medic hospice",
    "nutrition": "nutrit diet food",
    "outdoors": "outdoor hike hiki travel climb mountain nature",
    "pets": "pet dog cat animal vet",
    "photography": "photo camera portrait",
    "plumbing": "plumb water heating",
    "pottery": "potter ceramic clay glass",
    "print": "print poster zine letterpress",
    "projects": "project gig campaign",
    "research": "research scien lab survey",
    "security": "securit privac safety",
    "servers": "server infrastruct cloud devops ops hosting",
    "shadowing": "shadow rotation",
    "sound": "sound audio podcast voice radio",
    "stage": "stage theat perform acting comed",
    "stall": "stall shop retail",
    "steps": "career curricul programme",
    "table": "menu restaurant recip wait",
    "talking": "talk therap counsel listen support",
    "testing": "test quality qa",
    "textiles": "textil sew knit fashion tailor cloth embroid weav",
    "tools": "tool lend make making",
    "transport": "transport drive drivi car",
    "tutoring": "tutor math homework",
    "type": "type typo font",
    "web": "web front back site internet frontend backend software develop program cod",
    "wellbeing": "wellb mindful wellness meditat",
    "wood": "wood carpent join timber",
    "writing": "writ copy journal poet edit blog",
}
_STEMS = sorted(
    ((stem, mark) for mark, stems in _WORDS.items() for stem in stems.split()),
    key=lambda pair: -len(pair[0]),
)


def _circles(path: str) -> str:
    """Return path data with every `Ox y r` written as two arcs."""

    def circle(match: re.Match[str]) -> str:
        x, y, r = (float(number) for number in match.groups())
        round_ = f"a{short(r)} {short(r)} 0 1 0"
        return f"M{short(x - r)} {short(y)}{round_} {short(2 * r)} 0{round_} {short(-2 * r)} 0z"

    return re.sub(r"O([\d.]+) ([\d.]+) ([\d.]+)", circle, path)


def _made_up(name: str) -> tuple[str, str]:
    """Return a rosette that the name's hash decides: lines and toned area."""
    seed = Seed(name, "emblem")
    folds = 5 + seed.below(4)
    return seed.one_of((_petals, _rings, _knot, _burst))(seed, folds)


def _petals(seed: Seed, folds: int) -> tuple[str, str]:
    wide = seed.between(0.34, 0.62) * 2 * pi / folds
    petals = "".join(_petal(2 * pi * n / folds, wide, 12.5) for n in range(folds))
    return petals + "O16 16 2.2", petals if seed.below(2) else "O16 16 5"


def _petal(angle: float, wide: float, reach: float) -> str:
    tip, one, two = _at(angle, reach), _at(angle - wide, reach * 0.72), _at(angle + wide, reach * 0.72)
    base = _at(angle, 3.5)
    return f"M{_point(base)}Q{_point(one)} {_point(tip)}Q{_point(two)} {_point(base)}z"


def _rings(seed: Seed, folds: int) -> tuple[str, str]:
    away, size = seed.between(5.5, 7.5), seed.between(4.4, 5.4)
    rings = "".join("O{} {} {}".format(*map(short, (*_at(2 * pi * n / folds, away), size))) for n in range(folds))
    return rings, f"O16 16 {short(away)}"


def _knot(seed: Seed, folds: int) -> tuple[str, str]:
    skip = 2 if folds < 7 else 2 + seed.below(2)
    corners = [_at(2 * pi * (n * skip % folds) / folds, 12.5) for n in range(folds)]
    closed = folds % skip != 0
    if not closed:
        corners = star(folds, 12.5, 7, CENTRE)
    return path_of(corners), f"O16 16 {short(seed.between(3.5, 6))}"


def _burst(seed: Seed, folds: int) -> tuple[str, str]:
    rays = path_of(star(folds, 12.5, seed.between(6, 9), CENTRE))
    return f"{rays}O16 16 {short(seed.between(2.5, 4.5))}", rays


def _at(angle: float, away: float) -> Point:
    return 16 + away * sin(angle), 16 - away * cos(angle)


def _point(point: Point) -> str:
    return f"{short(point[0])} {short(point[1])}"
