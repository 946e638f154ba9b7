"""Connected accounts: what is asked of them before they may take money, and the links to the pages that ask."""

from typing import Any

from stripe import params

from tests.stripe.routing import Call, require, route
from tests.stripe.world import PLATFORM, Thing, World

#: What Stripe asks of somebody who begins, and what it may still want to see afterwards.
BASICS = (
    "business_profile.url",
    "external_account",
    "individual.first_name",
    "individual.last_name",
    "tos_acceptance.date",
)
PAPERS = ("individual.verification.document",)
_LINK_LASTS = 300


@route("POST", "/v1/accounts", params.AccountCreateParams)
def create(call: Call) -> Thing:
    require(call.account == PLATFORM, "Accounts are made by the platform.")
    kind = call.params.get("type", "none" if "controller" in call.params else "standard")
    asked = call.params.get("capabilities", {})
    account = call.add(
        "acct",
        "account",
        business_profile={"mcc": None, "name": None, "url": None} | call.params.get("business_profile", {}),
        business_type=call.params.get("business_type"),
        capabilities={name: "inactive" for name, how in asked.items() if how.get("requested")},
        charges_enabled=False,
        controller=call.params.get("controller", {"type": "application"}),
        country=call.params.get("country", "FR"),
        default_currency=call.params.get("default_currency", "eur"),
        details_submitted=False,
        email=call.params.get("email"),
        metadata=call.metadata(),
        payouts_enabled=False,
        requirements=_requirements(BASICS, "requirements.past_due"),
        settings={"payouts": {"schedule": {"interval": "daily", "delay_days": 2}}},
        type=kind,
    )
    if kind == "standard":
        account["capabilities"] = {"card_payments": "inactive", "transfers": "inactive"}
    call.world.accounts[account["id"]] = {}
    return account


def _requirements(due: tuple[str, ...], why: str | None, *, pending: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": list(due),
        "disabled_reason": why,
        "errors": [],
        "eventually_due": list(due),
        "past_due": list(due),
        "pending_verification": list(pending),
    }


def set_stage(world: World, account: Thing, stage: str) -> None:
    """Put an account where its owner's answers lead it: `begun`, `papers` are missing, `checking`, `complete`, `rejected`."""
    requirements = {
        "begun": _requirements(BASICS, "requirements.past_due"),
        "papers": _requirements(PAPERS, "requirements.past_due"),
        "checking": _requirements((), "requirements.pending_verification", pending=PAPERS),
        "complete": _requirements((), None),
        "rejected": _requirements((), "rejected.fraud"),
    }[stage]
    works = stage == "complete"
    world.change(
        account["id"],
        account,
        "account.updated",
        capabilities=dict.fromkeys(account["capabilities"], "active" if works else "inactive"),
        charges_enabled=works,
        details_submitted=stage != "begun",
        payouts_enabled=works,
        requirements=requirements,
    )


def disconnect(world: World, account: Thing) -> None:
    """Let an account's owner take the platform's access away; Stripe then tells of it and answers no more."""
    world.tell(account["id"], "account.application.deauthorized", {"id": "ca_guildhall", "object": "application"})
    account["_disconnected"] = True


@route("GET", "/v1/accounts/:id", params.AccountRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    account = call.world.account(id)
    gone = account.get("_disconnected")
    require(
        not gone,
        f"The provided key does not have access to account '{id}' (or that account does not exist).",
        status=403,
        code="account_invalid",
    )
    return account


@route("POST", "/v1/accounts/:id", params.AccountUpdateParams)
def update(call: Call, id: str) -> Thing:
    account = retrieve(call, id)
    fields = call.given("email", "business_type") | {"metadata": call.metadata(account["metadata"])}
    if profile := call.params.get("business_profile"):
        fields["business_profile"] = account["business_profile"] | profile
    call.world.change(id, account, "account.updated", **fields)
    return account


@route("GET", "/v1/accounts", params.AccountListParams)
def list_accounts(call: Call) -> Thing:
    return call.listed("account")


@route("POST", "/v1/account_links", params.AccountLinkCreateParams)
def create_link(call: Call) -> Thing:
    account = retrieve(call, call.params["account"])
    for name in ("return_url", "refresh_url"):
        require(name in call.params, f"Missing required param: {name}.", param=name, code="parameter_missing")
    kept = call.given("return_url", "refresh_url")
    expires_at = call.now + _LINK_LASTS
    link = call.add("link", "account_link", account=account["id"], expires_at=expires_at, _used=False, **kept)
    url = f"{call.world.base}/setup/{account['id']}/{link['id']}"
    return {"object": "account_link", "created": call.now, "expires_at": expires_at, "url": url}


@route("POST", "/v1/accounts/:id/login_links", params.AccountLoginLinkCreateParams)
def create_login_link(call: Call, id: str) -> Thing:
    account = retrieve(call, id)
    return {"object": "login_link", "created": call.now, "url": f"{call.world.base}/express/{account['id']}"}
