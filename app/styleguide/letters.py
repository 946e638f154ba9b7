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
from app.styleguide.event_letters import HALL, event_letters
from tenants.context import TenantInfo, tenant_context
from themes.letters import Letter

ACCOUNTS, TOLD, THE_HALL = "From accounts", "What members are told", "About the marketplace"
OUTSIDE = "To those who are no members"


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
        outside = _to_outside()
    shown = {name: LetterShown(letter, None, ACCOUNTS) for name, letter in _of_accounts().items()}
    shown |= {name: LetterShown(letter, HALL, THE_HALL) for name, letter in standing.items()}
    shown |= {name: LetterShown(letter, HALL, OUTSIDE) for name, letter in outside.items()}
    return shown | {name: LetterShown(letter, HALL, TOLD) for name, letter in event_letters().items()}


def _of_accounts() -> dict[str, Letter]:
    code = {
        purpose: SimpleNamespace(digits="482913", purpose=purpose) for purpose in ("sign_in", "sign_up", "password")
    }
    letters = {f"code-{purpose}": with_code(made, HALL.name) for purpose, made in code.items()}  # type: ignore[arg-type]
    return letters | {"new-password": of_new_password()}


def _to_outside() -> dict[str, Letter]:
    invitation = SimpleNamespace(
        role="moderator",
        note="We talked at the market: come and see.",
        token="7f3a",
        expires_at=clock.now() + timedelta(days=14),
    )
    return {
        "invitation": of_invitation(invitation, "Orla Finch"),  # type: ignore[arg-type]
        "refusal": of_refusal("We are full until spring. Ask again then."),
        "end-of-membership": of_the_end("Three warnings went unanswered.", "Answer within a week"),
        "goodbye": of_goodbye(),
    }


def _fact(state: str) -> Activity:
    reason = "" if state == "active" else "The bill of March is open."
    return Activity(verb=state, to_state=state, reason=reason, data={}, created_at=clock.now())
