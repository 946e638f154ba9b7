"""Every e-mail that leaves Guildhall, with made-up facts: made by the functions that make the real ones."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

from app.accounts.letters import of_new_password, with_code
from app.activity.models import Activity
from app.core import clock
from app.openings.letters import of_standing
from app.styleguide.event_letters import HALL, event_letters
from tenants.context import TenantInfo, tenant_context
from themes.letters import Letter

ACCOUNTS, TOLD, THE_HALL = "From accounts", "What members are told", "About the marketplace"


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
    shown = {name: LetterShown(letter, None, ACCOUNTS) for name, letter in _of_accounts().items()}
    shown |= {name: LetterShown(letter, HALL, THE_HALL) for name, letter in standing.items()}
    return shown | {name: LetterShown(letter, HALL, TOLD) for name, letter in event_letters().items()}


def _of_accounts() -> dict[str, Letter]:
    code = {
        purpose: SimpleNamespace(digits="482913", purpose=purpose) for purpose in ("sign_in", "sign_up", "password")
    }
    letters = {f"code-{purpose}": with_code(made, HALL.name) for purpose, made in code.items()}  # type: ignore[arg-type]
    return letters | {"new-password": of_new_password()}


def _fact(state: str) -> Activity:
    reason = "" if state == "active" else "The bill of March is open."
    return Activity(verb=state, to_state=state, reason=reason, data={}, created_at=clock.now())
