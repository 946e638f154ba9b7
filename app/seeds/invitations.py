"""Invitations of the demo: open ones, one that ran out, one that was taken back, and links to pass on."""

from datetime import datetime, time, timedelta
from functools import partial

from app.core.database import db
from app.joining.models import Invitation, InvitationLink
from app.joining.tokens import new_link_token
from app.seeds.content_files import Entry
from app.seeds.hall import Hall

_SECOND_THOUGHTS = timedelta(hours=2)


def tell_of_invitations(hall: Hall) -> None:
    """Let people be asked in on their days."""
    for entry in hall.content.joining.get("invitation", ()):
        what, sent = f"invitation of {entry['email']}", []
        moment = hall.days.moment(entry["sent"], usually=time(15), salt=entry["email"])
        hall.story.on(moment, what, partial(_invite, hall, entry, sent))
        if entry.get("state") == "revoked":
            hall.story.on(moment + _SECOND_THOUGHTS, what, partial(_revoke, hall, entry, sent))
    for entry in hall.content.joining.get("invitation_link", ()):
        made = hall.days.moment(entry["made"], usually=time(15, 30))
        hall.story.on(made, f"link {entry['note']}", partial(_link, hall, entry))


def _invite(hall: Hall, entry: Entry, sent: list[Invitation], now: datetime) -> None:
    sent.append(Invitation.send(entry["email"], by=hall.actor(entry["by"]), now=now, note=entry["note"]))


def _revoke(hall: Hall, entry: Entry, sent: list[Invitation], now: datetime) -> None:
    sent.pop().revoke(by=hall.actor(entry["by"]), now=now)


def _link(hall: Hall, entry: Entry, now: datetime) -> None:
    link = InvitationLink(
        token=new_link_token(),
        note=entry["note"],
        uses_left=entry["uses"] - entry["used"],
        used=entry["used"],
        created_by=hall.members[entry["by"]].id,
        created_at=now,
        expires_at=hall.days.moment(entry["expires"], usually=time(23)),
    )
    db.session.add(link)
