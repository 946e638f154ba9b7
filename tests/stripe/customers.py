"""Customers, their cards, and the way to the portal where they look after both."""

from stripe import params
from stripe.params import billing_portal

from tests.stripe import cards
from tests.stripe.routing import Call, require, route
from tests.stripe.world import Thing, World, a_list


def new_customer(world: World, account: str, **fields: object) -> Thing:
    """Return a new customer of an account, and tell of it."""
    usual = {
        "address": None,
        "balance": 0,
        "currency": None,
        "delinquent": False,
        "description": None,
        "email": None,
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "metadata": {},
        "name": None,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "tax_ids": a_list([], "/v1/customers/tax_ids"),
    }
    customer = world.add(account, "cus", "customer", **usual | fields)
    world.tell(account, "customer.created", customer)
    return customer


def bill_to(world: World, account: str, customer: Thing, *, name: str, line1: str, country: str, vat: str) -> None:
    """Let a customer's invoices carry these details, as its owner gives them on a page of Stripe's."""
    place = {
        "line1": line1,
        "line2": None,
        "postal_code": None,
        "city": None,
        "state": None,
        "country": country or None,
    }
    numbers = [{"id": world.new_id("txi"), "object": "tax_id", "type": "eu_vat", "value": vat}] if vat else []
    tax_ids = a_list(numbers, f"/v1/customers/{customer['id']}/tax_ids")
    address = place if line1 else customer["address"]
    world.change(account, customer, "customer.updated", name=name or customer["name"], address=address, tax_ids=tax_ids)


@route("POST", "/v1/customers", params.CustomerCreateParams)
def create(call: Call) -> Thing:
    kept = call.given("address", "description", "email", "name", "phone", "preferred_locales")
    customer = new_customer(call.world, call.account, **kept, metadata=call.metadata())
    if given := call.params.get("payment_method"):
        cards.attach(call.world, call.account, cards.method(call.world, call.account, given), customer)
    return customer


@route("POST", "/v1/customers/:id", params.CustomerUpdateParams)
def update(call: Call, id: str) -> Thing:
    customer = call.of("customer", id)
    fields = call.given("address", "description", "email", "name", "phone", "preferred_locales")
    fields["metadata"] = call.metadata(customer["metadata"])
    if settings := call.params.get("invoice_settings"):
        if card := settings.get("default_payment_method"):
            require(call.of("payment_method", card)["customer"] == id, "The payment method is not this customer's.")
        fields["invoice_settings"] = customer["invoice_settings"] | settings
    call.world.change(call.account, customer, "customer.updated", **fields)
    return customer


@route("GET", "/v1/customers/:id", params.CustomerRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("customer", id)


@route("GET", "/v1/customers", params.CustomerListParams)
def list_customers(call: Call) -> Thing:
    return call.listed("customer", "email")


@route("GET", "/v1/customers/:id/payment_methods", params.CustomerPaymentMethodListParams)
def list_cards(call: Call, id: str) -> Thing:
    call.params["customer"] = call.of("customer", id)["id"]
    return call.listed("payment_method", "customer", "type")


@route("POST", "/v1/payment_methods/:id/attach", params.PaymentMethodAttachParams)
def attach(call: Call, id: str) -> Thing:
    card = cards.method(call.world, call.account, id)
    require("customer" in call.params, "Missing required param: customer.", param="customer")
    cards.attach(call.world, call.account, card, call.of("customer", call.params["customer"]), default=False)
    return card


@route("POST", "/v1/billing_portal/configurations", billing_portal.ConfigurationCreateParams)
def configure_portal(call: Call) -> Thing:
    features = call.params["features"]
    return call.add(
        "bpc",
        "billing_portal.configuration",
        active=True,
        application=None,
        business_profile={"headline": None, "privacy_policy_url": None, "terms_of_service_url": None},
        default_return_url=call.params.get("default_return_url"),
        features=features,
        is_default=False,
        metadata=call.metadata(),
        updated=call.now,
    )


@route("GET", "/v1/billing_portal/configurations/:id", billing_portal.ConfigurationRetrieveParams)
def retrieve_configuration(call: Call, id: str) -> Thing:
    return call.of("billing_portal.configuration", id)


@route("GET", "/v1/billing_portal/configurations", billing_portal.ConfigurationListParams)
def list_configurations(call: Call) -> Thing:
    return call.listed("billing_portal.configuration", "active")


@route("POST", "/v1/billing_portal/sessions", billing_portal.SessionCreateParams)
def open_portal(call: Call) -> Thing:
    require("customer" in call.params, "Missing required param: customer.", param="customer")
    customer = call.of("customer", call.params["customer"])
    session = call.add(
        "bps",
        "billing_portal.session",
        configuration=_configuration(call),
        customer=customer["id"],
        flow=call.params.get("flow_data"),
        locale=call.params.get("locale"),
        on_behalf_of=None,
        return_url=call.params.get("return_url"),
    )
    session["url"] = f"{call.world.base}/portal/{call.account}/{session['id']}"
    return session


def _configuration(call: Call) -> str:
    if given := call.params.get("configuration"):
        return str(call.of("billing_portal.configuration", given)["id"])
    return "bpc_usual"
