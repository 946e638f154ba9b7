"""Where a gig is: the middle of the town that its place names. Lists measure from there; nobody's door is kept anywhere."""

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.core.whereabouts import located
from app.gigs.models.approval import zone


class Placed:
    """A place in words, and in thousandths of a degree where its town is known."""

    latitude: Mapped[int | None] = mapped_column(Integer)
    longitude: Mapped[int | None] = mapped_column(Integer)

    @validates("place")
    def _locate(self, _name: str, place: str) -> str:
        position = position_of(place)
        self.latitude, self.longitude = position["latitude"], position["longitude"]
        return place


def position_of(place: str | None) -> dict[str, int | None]:
    """Return the columns `latitude` and `longitude` of a place, for rows that are written many at once."""
    spot = located(place or "", zone=zone())
    return {"latitude": spot.latitude if spot else None, "longitude": spot.longitude if spot else None}
