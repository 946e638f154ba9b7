"""Events, as those read them who missed a webhook."""

from stripe import params

from tests.stripe.routing import Call, route
from tests.stripe.world import Thing


@route("GET", "/v1/events/:id", params.EventRetrieveParams)
def retrieve(call: Call, id: str) -> Thing:
    return call.of("event", id)


@route("GET", "/v1/events", params.EventListParams)
def list_events(call: Call) -> Thing:
    if types := call.params.pop("types", None):
        listed = call.listed("event")
        listed["data"] = [event for event in listed["data"] if event["type"] in types]
        return listed
    return call.listed("event", "type")
