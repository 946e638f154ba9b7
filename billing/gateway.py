"""The one way to Stripe. Nothing else imports its library, so that what leaves this house is read in one place.

Answers come back as plain values. Failures are three: Stripe refused (`Refused`), a bank did (`Declined`), or nobody knows
whether it was done (`Unclear`): ask again, with the same key.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from app.core.config import config
from app.core.errors import Conflict, ProductError
from app.core.languages import lazy_gettext as _l

Params = dict[str, Any]
Answer = dict[str, Any]

# A request waits for it, and so does somebody in front of a page.
_SECONDS = 12


class NoPayments(Conflict):
    message = _l("Payments are not set up on this installation.")


class Refused(ProductError):
    """Stripe will not do it, now or later; `code` is its own word for why."""

    status = 409
    message = _l("Stripe did not accept this.")

    def __init__(self, code: str = "", detail: str = "") -> None:
        super().__init__()
        self.code, self.detail = code, detail


class Declined(Refused):
    """A bank said no."""

    status = 402
    message = _l("The bank declined the payment.")


class AccessLost(Refused):
    """The owner of a connected account took our access away."""

    message = _l("This Stripe account is no longer connected.")


class Unclear(RuntimeError):
    """No answer, or one that says nothing: it may have been done. Asking again with the same key is safe."""


class NotSettled(Unclear):
    """It is paid, and has not reached the account's balance yet, so that nobody can say how much of it arrived. Stripe tells of
    it by `charge.updated`, mostly within seconds (https://docs.stripe.com/payments/payment-intents/asynchronous-capture).
    """


#: Of a payment that somebody waits for: its money is in the balance when it is paid, where Stripe's default lets it come later.
CAPTURED_AT_ONCE: Params = {"capture_method": "automatic"}

#: What may be made, by the name under which an operation keeps it; each takes parameters and options.
_MAKES: dict[str, Callable[[Any], Any]] = {
    "account": lambda v1: v1.accounts.create,
    "product": lambda v1: v1.products.create,
    "product.change": lambda v1: _changing(v1.products.update, "product"),
    "price": lambda v1: v1.prices.create,
    "coupon": lambda v1: v1.coupons.create,
    "promotion_code": lambda v1: v1.promotion_codes.create,
    "promotion_code.change": lambda v1: _changing(v1.promotion_codes.update, "promotion_code"),
    "customer": lambda v1: v1.customers.create,
    "checkout.session": lambda v1: v1.checkout.sessions.create,
    "billing_portal.configuration": lambda v1: v1.billing_portal.configurations.create,
    "subscription.change": lambda v1: _changing(v1.subscriptions.update, "subscription"),
    "refund": lambda v1: v1.refunds.create,
    "payment_intent": lambda v1: v1.payment_intents.create,
    "transfer": lambda v1: v1.transfers.create,
    "transfer_reversal": lambda v1: _changing(v1.transfers.reversals.create, "transfer"),
}
_READS: dict[str, Callable[[Any], Any]] = {
    "account": lambda v1: v1.accounts.retrieve,
    "product": lambda v1: v1.products.retrieve,
    "product.change": lambda v1: v1.products.retrieve,
    "price": lambda v1: v1.prices.retrieve,
    "coupon": lambda v1: v1.coupons.retrieve,
    "promotion_code": lambda v1: v1.promotion_codes.retrieve,
    "promotion_code.change": lambda v1: v1.promotion_codes.retrieve,
    "checkout.session": lambda v1: v1.checkout.sessions.retrieve,
    "billing_portal.configuration": lambda v1: v1.billing_portal.configurations.retrieve,
    "subscription": lambda v1: v1.subscriptions.retrieve,
    "subscription.change": lambda v1: v1.subscriptions.retrieve,
    "invoice": lambda v1: v1.invoices.retrieve,
    "charge": lambda v1: v1.charges.retrieve,
    "refund": lambda v1: v1.refunds.retrieve,
    "dispute": lambda v1: v1.disputes.retrieve,
    "application_fee": lambda v1: v1.application_fees.retrieve,
    "payment_intent": lambda v1: v1.payment_intents.retrieve,
    "transfer": lambda v1: v1.transfers.retrieve,
    "transfer_reversal": lambda v1: (
        lambda of, params, options: v1.transfers.reversals.retrieve(*of.split("/"), params, options)
    ),
    "customer": lambda v1: v1.customers.retrieve,
}
_LISTS: dict[str, Callable[[Any], Any]] = {
    "account": lambda v1: v1.accounts.list,
    "product": lambda v1: v1.products.list,
    "product.change": lambda v1: v1.products.list,
    "price": lambda v1: v1.prices.list,
    "coupon": lambda v1: v1.coupons.list,
    "promotion_code": lambda v1: v1.promotion_codes.list,
    "promotion_code.change": lambda v1: v1.promotion_codes.list,
    "customer": lambda v1: v1.customers.list,
    "checkout.session": lambda v1: v1.checkout.sessions.list,
    "billing_portal.configuration": lambda v1: v1.billing_portal.configurations.list,
    "subscription": lambda v1: v1.subscriptions.list,
    "subscription.change": lambda v1: v1.subscriptions.list,
    "invoice": lambda v1: v1.invoices.list,
    "refund": lambda v1: v1.refunds.list,
    "dispute": lambda v1: v1.disputes.list,
    "payment_intent": lambda v1: v1.payment_intents.list,
    "transfer": lambda v1: v1.transfers.list,
    "transfer_reversal": lambda v1: _changing(v1.transfers.reversals.list, "transfer"),
    "charge": lambda v1: v1.charges.list,
    "balance_transaction": lambda v1: v1.balance_transactions.list,
}
#: What may be ended: done twice, it is ended once.
_ENDS: dict[str, Callable[[Any], Any]] = {
    "checkout.session": lambda v1: v1.checkout.sessions.expire,
    "subscription": lambda v1: v1.subscriptions.cancel,
}


def make(kind: str, params: Params, *, key: str, account: str | None = None) -> Answer:
    """Have something made, once however often it is asked for with this key. `operations.perform` is what calls this.

    :raises Refused: when Stripe will not, or a bank (`Declined`).
    :raises Unclear: when nobody knows whether it was done.
    """
    with _named_failures():
        return _plain(_MAKES[kind](_v1())(params, _options(account, idempotency_key=key)))


def fetch(kind: str, of: str, *, account: str | None = None, expand: tuple[str, ...] = ()) -> Answer:
    """Return an object as it is at Stripe now; raises as `make`."""
    with _named_failures():
        return _plain(_READS[kind](_v1())(of, {"expand": list(expand)} if expand else None, _options(account)))


def settled_charge(of: str, *, account: str | None = None) -> Answer:
    """Return a payment with what it moved (`balance_transaction`, and its application fee) where it was paid; raises as `make`.

    :raises NotSettled: when it was paid a moment ago and its money is not there yet; asking again later is all there is to do.
    """
    charge = fetch("charge", of, account=account, expand=("balance_transaction",))
    if charge["paid"] and charge["balance_transaction"] is None:
        raise NotSettled(of)
    return charge


def each(kind: str, params: Params, *, account: str | None = None) -> Iterator[Answer]:
    """Give the objects of a kind, newest first, page by page; raises as `make`."""
    with _named_failures():
        for one in _LISTS[kind](_v1())({"limit": 100, **params}, _options(account)).auto_paging_iter():
            yield _plain(one)


def end(kind: str, of: str, *, account: str | None = None) -> Answer:
    """End an object now, and return it; raises as `make`, also where it had ended before."""
    with _named_failures():
        return _plain(_ENDS[kind](_v1())(of, None, _options(account)))


def upcoming_invoice(params: Params, *, account: str | None = None) -> Answer:
    """Return the invoice that a change would bring; nothing is changed. Raises as `make`."""
    with _named_failures():
        return _plain(_v1().invoices.create_preview(params, _options(account)))


def onboarding_page(account: str, *, return_url: str, refresh_url: str) -> str:
    """Return a page, good for a few minutes and one visit, on which an account's owner answers Stripe; raises as `make`."""
    wanted = {"account": account, "type": "account_onboarding", "return_url": return_url, "refresh_url": refresh_url}
    with _named_failures():
        return str(_v1().account_links.create(wanted).url)


def portal_page(customer: str, *, account: str | None, return_url: str, configuration: str = "") -> str:
    """Return a page on which a customer looks after what a configuration allows: cards, invoices; raises as `make`."""
    wanted = {"customer": customer, "return_url": return_url}
    if configuration:
        wanted["configuration"] = configuration
    with _named_failures():
        return str(_v1().billing_portal.sessions.create(wanted, _options(account)).url)


def _changing(update: Any, name: str) -> Callable[[Params, Any], Any]:
    """Return a change as something that is made: its parameters name the object, under `name`."""

    def change(params: Params, options: Any) -> Any:
        wanted = dict(params)
        return update(wanted.pop(name), wanted, options)

    return change


def _options(account: str | None, **more: str) -> dict[str, str]:
    return more | ({"stripe_account": account} if account else {})


def _v1() -> Any:
    settings = config()
    if not settings.stripe_key:
        raise NoPayments
    return _client(settings.stripe_key, settings.stripe_url).v1


@lru_cache(maxsize=8)
def _client(key: str, url: str) -> Any:
    # Twenty megabytes that a process without money never loads.
    import stripe

    return stripe.StripeClient(
        key,
        base_addresses={"api": url} if url else {},
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=_SECONDS),
    )


@contextmanager
def _named_failures() -> Iterator[None]:
    import stripe

    try:
        yield
    except stripe.CardError as problem:
        raise Declined(_code(problem), problem.user_message or "") from problem
    except stripe.PermissionError as problem:
        lost = AccessLost if _code(problem) == "account_invalid" else Refused
        raise lost(_code(problem), problem.user_message or "") from problem
    except (stripe.RateLimitError, stripe.APIConnectionError) as problem:
        raise Unclear(str(problem)) from problem
    except stripe.StripeError as problem:
        # 409: the same key is being answered at this moment.
        if problem.http_status is None or problem.http_status >= 500 or problem.http_status == 409:
            raise Unclear(str(problem)) from problem
        raise Refused(_code(problem), problem.user_message or "") from problem


def _code(problem: Any) -> str:
    # Some of the library's exceptions carry it themselves, all have it in the body.
    body = problem.json_body if isinstance(problem.json_body, dict) else {}
    return problem.code or body.get("error", {}).get("code") or ""


def _plain(answer: Any) -> Answer:
    plain: Answer = answer.to_dict()
    if plain.get("object") == "transfer_reversal":
        # Stripe knows it within its transfer only.
        plain["id"] = f"{plain['transfer']}/{plain['id']}"
    return plain
