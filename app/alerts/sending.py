"""A letter leaves, or does not: everything is read again at this moment, and asked whether it still holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal_column, select
from sqlalchemy.types import Uuid

from app.alerts.letters import of_ending, of_gigs
from app.alerts.models import Alert, AlertLetter, AlertMatch, AlertWeighing
from app.alerts.weighing import answers
from app.core.database import db
from app.core.languages import speaking
from app.core.mail import Undeliverable, send
from app.core.reading import Reading
from app.gigs.audience import VIEWER, meant_for
from app.gigs.models import Gig
from app.gigs.queries.rows import OPEN, joined, row_columns
from app.gigs.searchable import KIND
from app.notifications.reader import Reader, reader_or_none
from app.notifications.telling import STALE
from app.policies import LOOK_AROUND, lacks
from app.search.models import SearchEntry
from tenants.context import acting_as, current_tenant_id, tenant
from tenants.isolation import scoped
from themes.letters import Letter

_LETTER = bindparam("letter_id", type_=Uuid())
#: The gigs of a letter that its member may see now and still asks for, of alerts that still tell by mail.
_ROWS = Reading(
    joined(
        select(
            *row_columns(signed_in=True),
            Gig.favour,
            AlertMatch.alert_id,
            AlertMatch.because,
            Alert.name.label("alert"),
        )
    )
    .join(AlertMatch, and_(AlertMatch.tenant_id == Gig.tenant_id, AlertMatch.gig_id == Gig.id))
    .join(Alert, and_(Alert.tenant_id == AlertMatch.tenant_id, Alert.id == AlertMatch.alert_id))
    .join(AlertWeighing, and_(AlertWeighing.tenant_id == Gig.tenant_id, AlertWeighing.gig_id == Gig.id))
    # Its words of this moment: a change may still wait to be weighed.
    .join(
        SearchEntry,
        and_(
            SearchEntry.tenant_id == Gig.tenant_id,
            SearchEntry.kind == literal_column(f"'{KIND}'"),
            SearchEntry.subject_id == Gig.id,
        ),
    )
    .where(
        scoped(AlertMatch),
        AlertMatch.letter_id == _LETTER,
        answers(AlertWeighing.keys, SearchEntry.words, Gig.author_id),
        Alert.by_mail,
        Alert.state == "on",
        OPEN,
        meant_for(signed_in=True),
        Gig.author_id != VIEWER,
    )
    .order_by(AlertMatch.place, AlertMatch.fit.desc(), Gig.id)
)


class Unsent(Exception):
    """It is not mailed, and why."""


def deliver(letter: AlertLetter, *, now: datetime) -> None:
    """Mail a letter, or note why not. Its row is locked: two workers never send it at once.

    When this is undone after the mail has left, it is sent again under the same Message-ID.
    """
    try:
        reader = _reader(letter, now)
        with speaking(reader.actor.locale or tenant.locale), acting_as(reader.actor):
            said, rows = _said(letter, reader, now)
            mail = said.to(reader.address, message_id=str(letter.id), tenant=tenant)
        send(mail)
        letter.note_sent([row.id for row in rows], now=now)
    except Unsent as reason:
        letter.skip(str(reason))
    except Undeliverable:
        letter.skip("refused by the mail server")


def _reader(letter: AlertLetter, now: datetime) -> Reader:
    reader = reader_or_none(letter.member_id)
    if not tenant.is_open:
        raise Unsent("the marketplace is closed")
    elif reader is None or not reader.is_active:
        raise Unsent("no longer a member")
    elif not reader.is_verified:
        raise Unsent("the address is not verified")
    elif lacks(LOOK_AROUND, reader.actor):
        raise Unsent("a membership is needed")
    elif now - letter.made_at > STALE and not letter.reason:
        raise Unsent("too old")
    return reader


def _said(letter: AlertLetter, reader: Reader, now: datetime) -> tuple[Letter, Sequence[Any]]:
    if letter.ends_id is not None:
        alert = db.session.get(Alert, (current_tenant_id(), letter.ends_id))
        if alert is None or alert.reminded_at is None or not alert.by_mail:
            raise Unsent("no longer so")
        return of_ending(alert), ()
    rows = _ROWS.rows(letter_id=letter.id, viewer=reader.actor.id)
    if not rows:
        raise Unsent("nothing of it is left to see")
    return of_gigs(letter.id, rows), rows
