"""What is sold: products and prices."""

from stripe import params

from tests.stripe.problems import Problem
from tests.stripe.routing import Call, require, route
from tests.stripe.world import Thing, a_list


@route("POST", "/v1/products", params.ProductCreateParams)
def create_product(call: Call) -> Thing:
    require(call.params["name"] != "", "You passed an empty string for 'name'.", param="name")
    if (id := call.params.get("id")) in call.world.accounts[call.account]:
        raise Problem(f"Product already exists: {id}", code="resource_already_exists")
    product = call.add(
        "prod",
        "product",
        active=call.params.get("active", True),
        default_price=None,
        description=call.params.get("description"),
        images=[],
        marketing_features=[],
        metadata=call.metadata(),
        name=call.params["name"],
        type="service",
        updated=call.now,
        url=None,
    )
    call.tell("product.created", product)
    return product


@route("POST", "/v1/products/:id", params.ProductUpdateParams)
def update_product(call: Call, id: str) -> Thing:
    product = call.of("product", id)
    fields = call.given("active", "name", "description", "default_price")
    fields |= {"metadata": call.metadata(product["metadata"]), "updated": call.now}
    call.world.change(call.account, product, "product.updated", **fields)
    return product


@route("GET", "/v1/products/:id", params.ProductRetrieveParams)
def retrieve_product(call: Call, id: str) -> Thing:
    return call.of("product", id)


@route("GET", "/v1/products", params.ProductListParams)
def list_products(call: Call) -> Thing:
    return call.listed("product", "active")


@route("POST", "/v1/prices", params.PriceCreateParams)
def create_price(call: Call) -> Thing:
    require("unit_amount" in call.params, "Missing required param: unit_amount.", param="unit_amount")
    require(call.params["unit_amount"] >= 0, "Invalid non-negative integer", param="unit_amount")
    require("product" in call.params, "Missing required param: product.", param="product")
    product = call.of("product", call.params["product"])
    if key := call.params.get("lookup_key"):
        is_taken = any(other["lookup_key"] == key for other in call.world.all(call.account, "price"))
        require(not is_taken, f"A price already uses that lookup key: {key}", param="lookup_key")
    price = call.add(
        "price",
        "price",
        active=call.params.get("active", True),
        billing_scheme="per_unit",
        currency=call.params["currency"].lower(),
        lookup_key=call.params.get("lookup_key"),
        metadata=call.metadata(),
        nickname=call.params.get("nickname"),
        product=product["id"],
        recurring=None,
        tax_behavior=call.params.get("tax_behavior", "unspecified"),
        type="one_time",
        unit_amount=call.params["unit_amount"],
        unit_amount_decimal=str(call.params["unit_amount"]),
    )
    if "recurring" in call.params:
        usual = {"interval_count": 1, "meter": None, "trial_period_days": None, "usage_type": "licensed"}
        price |= {"recurring": usual | call.params["recurring"], "type": "recurring"}
    call.tell("price.created", price)
    return price


@route("POST", "/v1/prices/:id", params.PriceUpdateParams)
def update_price(call: Call, id: str) -> Thing:
    price = call.of("price", id)
    fields = call.given("active", "nickname", "lookup_key") | {"metadata": call.metadata(price["metadata"])}
    call.world.change(call.account, price, "price.updated", **fields)
    return price


@route("GET", "/v1/prices/:id", params.PriceRetrieveParams)
def retrieve_price(call: Call, id: str) -> Thing:
    return call.of("price", id)


@route("GET", "/v1/prices", params.PriceListParams)
def list_prices(call: Call) -> Thing:
    if (keys := call.params.get("lookup_keys")) is None:
        return call.listed("price", "active", "product", "currency", "type")
    named = [price for price in call.world.all(call.account, "price") if price["lookup_key"] in keys]
    return a_list([price for price in named if price["active"] in (True, call.params.get("active", True))], call.path)
