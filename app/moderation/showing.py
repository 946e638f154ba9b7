"""The page of one decision, for whom it is about and for those who moderate."""

from uuid import UUID

from flask import render_template, url_for

from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import gettext as _
from app.moderation.forms import AppealAnswer, NewAppeal, Reversal
from app.moderation.models import Appeal, Measure
from app.moderation.models.appeal import appeal_against
from app.moderation.models.measure import LIFTABLE
from app.moderation.queries import others_who_moderate, reversal_of
from app.policies import ANSWER_APPEAL, MODERATE, TAKE_BACK_MEASURE, allows
from app.profiles.people import people
from tenants.context import Actor, current_tenant_id, member_or_none


def measure_or_404(measure_id: UUID) -> Measure:
    """Return a decision.

    :raises NotFound: when this tenant has none of that id.
    """
    measure = db.session.get(Measure, (current_tenant_id(), measure_id))
    if measure is None:
        raise NotFound
    return measure


def appeal_or_404(appeal_id: UUID) -> Appeal:
    """Return an appeal, locked until this request ends.

    :raises NotFound: when this tenant has none of that id.
    """
    appeal = db.session.get(Appeal, (current_tenant_id(), appeal_id), with_for_update=True)
    if appeal is None:
        raise NotFound
    return appeal


def measure_page(
    measure: Measure,
    *,
    form: Form | None = None,
    answer: Form | None = None,
    reversal: Form | None = None,
    action: str | None = None,
) -> str:
    """Return the page of a decision, with what whoever looks may do about it.

    :param action: where an appeal is sent, when it is not the page of a member.
    """
    me, appeal, back = member_or_none(), appeal_against(measure.id), reversal_of(measure.id)
    may_reverse = allows(TAKE_BACK_MEASURE, me, measure)
    looks_after = may_reverse or (me is not None and me.id != measure.member_id and allows(MODERATE, me))
    is_concerned = action is not None or (me is not None and me.id == measure.member_id)
    return render_template(
        "moderation/measure.html",
        measure=measure,
        called=measure.called,
        effect=measure.effect,
        whom=people([measure.member_id])[measure.member_id],
        # Whom it is about reads who decided nowhere: they answer to the marketplace, and the appeal goes to somebody else.
        decider=people([measure.taken_by])[measure.taken_by] if looks_after else None,
        thing=measure.thing,
        appeal=appeal,
        back=back,
        is_concerned=is_concerned,
        may_appeal=is_concerned and appeal is None and back is None and measure.kind != "lifted",
        may_answer=appeal is not None and appeal.state == "open" and allows(ANSWER_APPEAL, me, appeal),
        is_alone=appeal is not None and not others_who_moderate(appeal.decided_by, appeal.member_id),
        may_reverse=may_reverse and back is None and measure.kind in LIFTABLE,
        moderates=looks_after,
        back_to=_back_to(measure, me) if looks_after else None,
        appeal_form=form or NewAppeal(formdata=None),
        answer_form=answer or AppealAnswer(formdata=None),
        reversal_form=reversal or Reversal(formdata=None),
        action=action or url_for("moderation.appeal", measure_id=measure.id),
    )


def _back_to(measure: Measure, me: Actor | None) -> tuple[str, str]:
    """Return where whoever looks after a decision comes from: address and name."""
    if allows(MODERATE, me) or measure.category_id is None:
        return url_for("moderation.log"), _("The log")
    return url_for("leading.bans_by_id", category_id=measure.category_id), _("Banned from this category")
