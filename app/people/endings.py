"""How a membership ended, for those who have to answer for it."""

from typing import Any
from uuid import UUID

from app.activity.models import Activity
from app.activity.recording import history
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.profiles.people import people

_DONE = {"removed": _l("removed {who}"), "banned": _l("banned {who}"), "lifted_ban": _l("lifted the ban")}


def endings(member_id: UUID) -> list[dict[str, Any]]:
    """Return who sent a member away, or lifted that, for which rule and why: as events of a timeline, oldest first."""
    facts = [fact for fact in history("member", member_id) if fact.verb in _DONE]
    doers = people(fact.actor_id for fact in facts)
    return [
        {
            "who": doers[fact.actor_id].name if fact.actor_id in doers else "",
            "text": _text(fact),
            "note": fact.reason,
            "at": fact.created_at,
            "tone": "positive" if fact.verb == "lifted_ban" else "negative",
        }
        for fact in facts
    ]


def _text(fact: Activity) -> str:
    done = _DONE[fact.verb].format(who=fact.data.get("name") or "them")
    rule = fact.data.get("rule", "")
    return _("%(done)s. The rule: %(rule)s.", done=done, rule=rule) if rule else f"{done}."
