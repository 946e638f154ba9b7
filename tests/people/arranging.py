"""People who told about themselves."""

from datetime import date, datetime

from app.accounts.models import User
from app.core import clock
from app.core.database import db
from app.profiles.models import PortfolioItem, Profile
from app.profiles.models.skills import set_skills
from tenants.models import Member
from tests.factories import a_member

TODAY = date(2026, 11, 22)


def somebody(
    name: str = "Maya Okafor",
    *,
    held: tuple[str, ...] = (),
    wanted: tuple[str, ...] = (),
    pieces: int = 0,
    now: datetime | None = None,
    user: User | None = None,
    **told: object,
) -> Member:
    """Return a new member with a profile; `told` are its columns."""
    member, now = a_member(name, user=user), now or clock.now()
    Profile.of(member.id).tell(now=now, **told)
    set_skills(member.id, {"held": held, "wanted": wanted})
    for number in range(pieces):
        PortfolioItem.add(member.id, now=now, title=f"Piece {number}")
    db.session.commit()
    return member
