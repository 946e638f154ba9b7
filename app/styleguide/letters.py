"""Every e-mail that leaves Guildhall, with made-up facts: made by the functions that make the real ones."""

from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace

from app.accounts.letters import of_new_password, with_code
from app.activity.models import Activity
from app.core import clock
from app.departures.letters import of_goodbye
from app.notifications.outside_letters import of_invitation, of_refusal, of_the_end
from app.openings.letters import of_standing
from app.styleguide.alert_letters import alert_letters
from app.styleguide.event_letters import HALL, event_letters
from tenants.context import TenantInfo, tenant_context
from themes.letters import Letter

ACCOUNTS, TOLD, THE_HALL = "From accounts", "What members are told", "About the marketplace"
OUTSIDE = "To those who are no members"

PURPOSES = ("sign_in", "sign_up", "password")
COMPANY = replace(HALL, id=-1, slug="northwind", host="northwind.localhost", name="Northwind", kind="company")


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter, who it comes from (None: Guildhall itself), and under which heading the guide lists it."""

    letter: Letter
    hall: TenantInfo | None
    group: str

    def hall_in(self, look: tuple[str, str] | None) -> TenantInfo | None:
        """Return who it comes from, dressed in another look where one is asked for."""
        if self.hall is None or look is None:
            return self.hall
        return replace(self.hall, preset=look[0], brand_colour=look[1])


def every_letter() -> dict[str, LetterShown]:
    """Return all letters by the name of their page."""
    with tenant_context(HALL):
        standing = {f"hall-{state}": of_standing(_fact(state)) for state in ("suspended", "closed", "active")}
        outside, alerts = _to_outside(), alert_letters()
    with tenant_context(COMPANY):
        colleagues = _to_colleagues()
    shown = {name: LetterShown(letter, None, ACCOUNTS) for name, letter in _of_accounts().items()}
    shown |= {name: LetterShown(letter, HALL, THE_HALL) for name, letter in standing.items()}
    shown |= {name: LetterShown(letter, HALL, OUTSIDE) for name, letter in outside.items()}
    shown |= {name: LetterShown(letter, COMPANY, OUTSIDE) for name, letter in colleagues.items()}
    told = alerts | event_letters()
    return shown | {name: LetterShown(letter, HALL, TOLD) for name, letter in told.items()}


def _of_accounts() -> dict[str, Letter]:
    code = {purpose: SimpleNamespace(digits="482913", purpose=purpose) for purpose in PURPOSES}
    letters = {f"code-{purpose}": with_code(made, HALL.name) for purpose, made in code.items()}  # type: ignore[arg-type]
    return letters | {"new-password": of_new_password()}


def _to_outside() -> dict[str, Letter]:
    return {
        "invitation": _invitation("moderator", "We talked at the market: come and see."),
        "invitation-without-words": _invitation("member", ""),
        "refusal": of_refusal("We are full until spring. Ask again then."),
        "end-of-membership": of_the_end("Three warnings went unanswered.", "Answer within a week"),
        "end-without-a-rule": of_the_end("You asked us to.", ""),
        "goodbye": of_goodbye(),
    }


def _to_colleagues() -> dict[str, Letter]:
    return {"invitation-to-colleagues": _invitation("manager", "Your team could use this.")}


def _invitation(role: str, note: str) -> Letter:
    invitation = SimpleNamespace(role=role, note=note, token="7f3a", expires_at=clock.now() + timedelta(days=14))
    # A sample: all that the letter reads of an invitation, and no row of any table.
    return of_invitation(invitation, "Orla Finch")  # type: ignore[arg-type]


def _fact(state: str) -> Activity:
    reason = "" if state == "active" else "The bill of March is open."
    return Activity(verb=state, to_state=state, reason=reason, data={}, created_at=clock.now())
