"""Forms about projects."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from app.agreements.forms import Seen
from app.categories.queries import posting_choices
from app.commissions.forms import Percent
from app.core.forms import Choice, Date, Files, Form, Hidden, Hours, Money, Paragraphs, TagList, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.projects.models import Project, Role
from app.projects.models.note import KINDS

_MOST_FEE = 3000


class SuggestionForm(Form):
    """A project that might be made of somebody's request."""

    title = Text(_l("What is the project called?"), max=120, required=_l("Give it a name."))
    brief = Paragraphs(
        _l("The brief"),
        max=6000,
        required=_l("Say what the project is to bring about."),
        hint=_l(
            "What it is to bring about, for whom, and by when. Everybody who takes a role reads it. Markdown works."
        ),
    )
    note = Paragraphs(
        _l("A word to the client"), max=1000, hint=_l("Why several people, and what you would do for them.")
    )


class RoleForm(Form):
    """A role to add. `role_form` makes the one that fits a project."""

    title = Text(_l("What is the role?"), max=120, required=_l("Give it a title."))
    category_id = Choice(_l("Category"), options=posting_choices, required=_l("Choose where it belongs."))
    description = Paragraphs(_l("What is to be done"), max=6000, hint=_l("And what is not. Markdown works."))
    skills = TagList(_l("Skills it needs"), most=8)
    phase = Text(
        _l("Phase"), max=60, hint=_l("Roles of one phase stand together in the plan, as “Research” or “Building”.")
    )
    starts_on = Date(_l("Starts"))
    due_on = Date(_l("Due"))

    def check(self) -> None:
        if self.starts_on.data and self.due_on.data and self.due_on.data < self.starts_on.data:
            self.refuse("due_on", _("This is before the work starts."))


class OfferForm(Form):
    """The offer's own lines. `offer_form` makes the one that fits a project."""

    note = Paragraphs(_l("A word to the client"), max=2000)


class RestForm(Form):
    """Why a project rests, and until when."""

    reason = Paragraphs(_l("Why"), max=1000, required=_l("Say why in a few words; everybody in the project reads it."))
    resume_on = Date(_l("Go on around"), required=_l("Say when it is likely to go on."))


class WhyForm(Seen):
    """A step that needs a reason."""

    reason = Paragraphs(_l("Why"), max=1000, required=_l("Say why in a few words; whoever it concerns reads it."))


def _readers() -> Choice:
    return Choice(
        _l("Who reads it"),
        options=[("everybody", _l("Everybody in the project")), ("team", _l("The team, without the client"))],
    )


class TalkForm(Form):
    """Something to say in a project."""

    text = Paragraphs(_l("Your words"), max=4000)
    files = Files(_l("Files"), most=5, hint=_l("Up to 5, each up to 10 MB."))
    kind = Choice(
        _l("What is it?"), options=[(one, KINDS[one]) for one in ("word", "update", "decision")], required=True
    )
    readers = _readers()

    def check(self) -> None:
        if not (self.text.data or self.files.data):
            self.refuse("text", _("Write something, or choose a file."))
        elif self.kind.data == "decision" and not self.text.data:
            self.refuse("text", _("Say what was decided."))


class TaskForm(Form):
    """Something to do. `task_form` makes the one that fits a project."""

    text = Text(_l("What is to be done?"), max=300, required=_l("Say what is to be done."))
    for_id = Choice(_l("Who does it"), options=[])
    due_on = Date(_l("Due"))
    files = Files(_l("Files"), most=5, hint=_l("Up to 5, each up to 10 MB."))
    readers = _readers()


class OfferSeen(Form):
    """The offer that the client looked at."""

    seen = Hidden(_l("What was looked at"), max=40)

    @property
    def offer_seen(self) -> UUID:
        """Return the offer, the nil id when that is none."""
        try:
            return UUID(self.seen.data)
        except ValueError:
            return UUID(int=0)


def role_form(project: Project, roles: list[Role]) -> Any:
    """Return a form for a role of a project: with its pay where it is paid, and what it may wait for."""
    fields: dict[str, Any] = {}
    if project.settlement == "money":
        fields["amount"] = Money(
            _("Pay"), currency=project.currency or "EUR", hint=_("For all of it. It can be settled later.")
        )
    elif project.settlement == "credits":
        fields["amount"] = Hours(_("Hours of credit"))
    others = [(role.id, role.gig.title) for role in roles if role.dropped_at is None]
    if others:
        fields["waits_for_id"] = Choice(_("Waits for"), options=[(None, _("Nobody: it can begin at once")), *others])
    return type("RoleForm", (RoleForm,), fields)


def offer_form(project: Project, data: dict[str, Any] | None = None) -> Any:
    """Return the form of an offer: fee and reserve where the project is paid."""
    fields: dict[str, Any] = {}
    if project.settlement == "money":
        fields["fee_points"] = Percent(
            _("Your fee"), hint=_("A share of the price of the work, which the client pays on top.")
        )
        fields["contingency"] = Money(
            _("Kept for what nobody foresaw"),
            currency=project.currency or "EUR",
            hint=_("Nothing is paid of it unless the client agrees to a change."),
        )
    elif project.settlement == "credits":
        fields["contingency"] = Hours(_("Kept for what nobody foresaw"))

    def check(form: Any) -> None:
        if "fee_points" in form and (form.fee_points.data or 0) > _MOST_FEE:
            form.refuse("fee_points", _("The fee is 30 percent at most."))

    fields["check"] = check
    return type("OfferForm", (OfferForm,), fields)(data=data or {})


def task_form(
    known: list[tuple[UUID, str]], phases: Iterable[str], *, outside: UUID | None = None, is_new: bool = False
) -> Any:
    """Return the form for something to do, for one of the people `known`; with a phase where the plan has any.

    :param outside: who of them reads nothing that is for the team alone.
    """
    fields: dict[str, Any] = {"for_id": Choice(_("Who does it"), options=[(None, _("Whoever gets to it")), *known])}
    if named := [(one, one) for one in phases]:
        fields["phase"] = Choice(_("Phase"), options=[("", _("None in particular")), *named])

    def check(form: Any) -> None:
        if form.readers.data == "team" and outside is not None and form.for_id.data == outside:
            form.refuse(
                "for_id",
                _("They don't read what is for the team alone. Choose somebody of the team, or let everybody read it."),
            )

    fields["check"] = check
    kind = type("TaskForm", (TaskForm,), fields)
    return kind(formdata=None, data={"readers": "everybody"}) if is_new else kind()


class WaitForm(Form):
    """What waits, and for what. `wait_form` makes the one that fits a plan."""

    waiting = Choice(_l("What waits"), options=[])
    awaited = Choice(_l("For what"), options=[])


def wait_form(places: list[tuple[str, tuple[UUID, int], str]], *, is_new: bool = False) -> Any:
    """Return the form for what waits: `places` are keys, roles and milestones of the plan, and their names."""
    options = [(key, name) for key, _place, name in places]
    found = {key: place for key, place, _name in places}
    fields = {
        "waiting": Choice(_("What waits"), options=options, required=_("Choose what waits.")),
        "awaited": Choice(_("For what"), options=options, required=_("Choose what it waits for.")),
    }
    form = type("WaitForm", (WaitForm,), fields)
    made = form(formdata=None) if is_new else form()
    made.place_of = found
    return made
