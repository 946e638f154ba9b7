"""What Stripe told of, for operators: look at it, and have it followed once more."""

import click

from app.core.console import in_app
from app.core.errors import ProductError
from billing.inbox import STATES, newest
from billing.jobs import replay


@click.group()
def inbox() -> None:
    """What Stripe told of by webhooks."""


@inbox.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those that ended so, or wait.")
@click.option("--most", default=50, show_default=True, help="How many, the newest first.")
@in_app
def list_events(state: str | None, most: int) -> None:
    """Show the events that came last: when, through which endpoint, of what, and what became of them."""
    for event in newest(state=state, most=most):
        about = f"{event.received_at:%Y-%m-%d %H:%M:%S}  {event.source:<9}{event.event_id}  {event.type}"
        ending = f"{event.state}{f' after {event.tries} tries' if event.tries else ''}"
        click.echo(f"{about}  {event.account or 'platform'}  {ending}{f': {event.problem}' if event.problem else ''}")


@inbox.command("replay")
@click.argument("source")
@click.argument("event_id")
@in_app
def replay_event(source: str, event_id: str) -> None:
    """Have the event EVENT_ID of the endpoint SOURCE followed once more. What was done before is not done twice."""
    try:
        replay(source, event_id)
    except ProductError as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(f"{event_id} will be followed once more.")
