"""How far a gig is from a place: between the middles of two towns, on a map that is flat around the place."""

from collections.abc import Mapping
from math import cos, radians
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal_column,
    true,
)

from app.core.whereabouts import STEP, Spot
from app.gigs.models import Gig
from app.gigs.search import WITHIN

_AROUND = 360_000
# Farther than anything: where a gig without a known place stands among those with one.
_NOWHERE = 2**60

_HERE: dict[str, Any] = {
    name: bindparam(name, type_=Integer) for name in ("here_latitude", "here_longitude", "shrinking", "west", "east")
}


def squared_distance(here: Mapping[str, Any]) -> ColumnElement[int]:
    """Return how far a gig is from a spot, squared; the spot is given as `near` names it, by parameters or by columns."""
    north = cast(Gig.latitude - here["here_latitude"], BigInteger)
    # The shorter way around; towards the poles a degree is less wide.
    half = _number(_AROUND // 2)
    apart = (Gig.longitude - here["here_longitude"] + half + _number(_AROUND)) % _number(_AROUND) - half
    east = cast(apart, BigInteger) * here["shrinking"] // _number(1_000)
    return func.coalesce(north * north + east * east, _number(_NOWHERE), type_=BigInteger)


def _number(constant: int) -> ColumnElement[int]:
    # A constant of the statement, not a parameter of it.
    return literal_column(str(constant), Integer)


#: The square of the distance, in thousandths of a degree: it orders as the distance does and takes no root.
FAR = squared_distance(_HERE).label("far")
#: Minus the moment of publication, in seconds: of what is equally far the newest comes first.
AGE = cast(-extract("epoch", Gig.published_at), BigInteger).label("age")


def square_of(kilometres: str) -> int:
    """Return the squared distance of so many kilometres."""
    return round((int(kilometres) / STEP) ** 2)


def _square(kilometres: str) -> ColumnElement[int]:
    return _number(square_of(kilometres))


def _within(kilometres: str) -> ColumnElement[bool]:
    # The box is what the index knows; the circle in it is compared after that.
    reach = _number(round(int(kilometres) / STEP) + 1)
    return and_(
        Gig.latitude.between(_HERE["here_latitude"] - reach, _HERE["here_latitude"] + reach),
        Gig.longitude.between(_HERE["west"], _HERE["east"]),
        FAR.element <= _square(kilometres),
    )


CIRCLES = {f"within_{reach}": int(reach) for reach in WITHIN}
#: Each condition by the name that it has in a search's shape; a place to measure from leaves out nothing by itself.
NEARNESS: dict[str, ColumnElement[bool]] = {
    "near": true(),
    **{name: _within(str(reach)) for name, reach in CIRCLES.items()},
}
#: The smallest of the circles that a gig lies in, in kilometres; null outside of all.
CIRCLE = case(*((FAR.element <= _square(reach), _number(int(reach))) for reach in WITHIN)).label("circle")


def near(spot: Spot, within: str | None) -> dict[str, int]:
    """Return the parameters of a list that knows how far its gigs are from a spot, at most `within` kilometres."""
    shrinking = max(1, round(1_000 * cos(radians(spot.latitude / 1_000))))
    reach = round(int(within) / STEP * 1_000 / shrinking) + 1 if within else _AROUND
    west, east = spot.longitude - reach, spot.longitude + reach
    if west < -_AROUND // 2 or east > _AROUND // 2:
        # Across the line where longitudes begin anew: the circle alone tells.
        west, east = -_AROUND // 2, _AROUND // 2
    return {
        "here_latitude": spot.latitude, "here_longitude": spot.longitude, "shrinking": shrinking, "west": west, "east": east,
    }  # fmt: skip


def kilometres(far: int) -> int | None:
    """Return how many kilometres a squared distance is, as people say it: of more than ten in fives. None for nowhere."""
    if far >= _NOWHERE:
        return None
    exact = far**0.5 * STEP
    return round(exact) if exact < 10 else 5 * round(exact / 5)
