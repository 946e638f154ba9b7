"""Where Stripe tells us: one address for each of the three flows, each with a secret of its own."""

import structlog
from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.authorization import any_origin, public
from app.core import clock
from app.core.config import WEBHOOKS, config
from billing import sweeping as _sweeping  # noqa: F401  (it declares itself)
from billing.inbox import Told, Unreadable, keep
from billing.jobs import hand_over
from billing.signatures import Unsigned, check

log = structlog.get_logger("billing")

blueprint = Blueprint("billing", __name__, subdomain="platform")

# Stripe's own are far smaller.
_LARGEST = 512 * 1024


@blueprint.post(f"/webhooks/stripe/<any({', '.join(WEBHOOKS)}):source>")
@any_origin
@public
def webhook(source: str) -> Response:
    """Keep what Stripe tells, once, and answer; whom it concerns looks into it later."""
    now = clock.now()
    request.max_content_length = _LARGEST
    try:
        body = request.get_data(cache=False)
        check(body, request.headers.get("Stripe-Signature", ""), config().webhook_secrets.get(source, ""), now=now)
        told = Told.of(body)
    except (Unsigned, Unreadable) as refusal:
        # Never the body: whoever sent it may have put anything there.
        log.warning("webhook refused", source=source, why=str(refusal), bytes=request.content_length)
        return Response("refused\n", 400, content_type="text/plain")
    if keep(source, told, now=now):
        hand_over(source, told.event_id, told, now=now)
    return Response("kept\n", content_type="text/plain")
