"""The HTTP server: Stripe's interface under `/v1/`, pages for people elsewhere."""

import base64
import json
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tests.stripe import accounts, catalogue, checkout, coupons, events, returning  # noqa: F401  (each declares its routes)
from tests.stripe.control import command
from tests.stripe.cycle import tick
from tests.stripe.delivery import Deliveries
from tests.stripe.faults import Faults, NoAnswer
from tests.stripe.pages import page
from tests.stripe.params import decoded, read
from tests.stripe.problems import Problem
from tests.stripe.routing import Call, find, require
from tests.stripe.world import PLATFORM, World, shown

Wsgi = Callable[..., Iterable[bytes]]


@dataclass
class FakeStripe:
    """A world, its webhooks and its faults, as one WSGI application. `log` lists the requests that did something."""

    world: World
    deliveries: Deliveries
    faults: Faults = field(default_factory=Faults)
    log: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        with self.world.lock:
            try:
                response = self._answer(request)
            except NoAnswer:
                # Whoever asked sees the connection end.
                with suppress(OSError):
                    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
                response = Response(status=500)
            self.world.keep()
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        try:
            if request.path.startswith("/v1/"):
                status, answer, repeated = self._interface(request)
            elif request.path.startswith("/control/"):
                status, answer, repeated = 200, command(self.world, request.path[9:], request.form.to_dict()), False
                if "back" in request.form:
                    return Response(status=303, headers={"Location": request.form["back"]})
            else:
                tick(self.world)
                return page(self.world, request)
        except Problem as problem:
            status, answer, repeated = problem.status, problem.body, False
        headers = {"Request-Id": self.world.new_id("req")}
        if repeated:
            headers["Idempotent-Replayed"] = "true"
        return Response(json.dumps(answer), status, headers, content_type="application/json")

    def _interface(self, request: Request) -> tuple[int, Any, bool]:
        """Return the status and body of an answer, and whether it was given before."""
        account = self._account(request)
        words = f"{request.method} {request.path}"
        sent = request.get_data(as_text=True) if request.method == "POST" else request.query_string.decode()
        shape, answer, values = find(request.method, request.path)
        fault = self.faults.choose(words)
        self.faults.before(fault)
        tick(self.world)
        given = read(decoded(sent), shape)
        key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
        if key is not None and (known := self.world.answers.get(f"{account} {key}")):
            require(
                known[0] == f"{words} {sent}",
                f"Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request.",
                kind="idempotency_error",
            )
            self.faults.after(fault)
            return known[1], known[2], True
        expand = given.pop("expand", [])
        status = 200
        try:
            body = expanded(
                self.world, account, shown(answer(Call(self.world, account, request.path, given), **values)), expand
            )
        except Problem as problem:
            status, body = problem.status, problem.body
        if request.method != "GET":
            self.log.append(words)
        if key is not None:
            self.world.answers[f"{account} {key}"] = (f"{words} {sent}", status, body)
        self.faults.after(fault)
        return status, body, False

    def _account(self, request: Request) -> str:
        """Return in whose name a request is made.

        :raises Problem: without a key, or for an account that does not let the platform in.
        """
        key = request.headers.get("Authorization", "")
        if key.startswith("Basic "):
            key = "Bearer " + base64.b64decode(key[6:]).decode().rstrip(":")
        require(key.startswith("Bearer sk_test_"), "Invalid API Key provided", status=401)
        account = request.headers.get("Stripe-Account")
        if account is None:
            return PLATFORM
        known = self.world.accounts[PLATFORM].get(account)
        require(
            known is not None and not known.get("_disconnected"),
            f"The provided key does not have access to account '{account}' (or that account does not exist). "
            "Application access may have been revoked.",
            status=403,
            code="account_invalid",
        )
        return account


def expanded(world: World, account: str, body: Any, paths: list[str]) -> Any:
    """Return an answer with objects in the place of ids where `expand` names them: `data.latest_invoice.payments`."""
    for path in paths:
        _expand(world, account, body, path.split("."))
    return body


def _expand(world: World, account: str, body: Any, path: list[str]) -> None:
    if isinstance(body, list):
        for part in body:
            _expand(world, account, part, path)
    elif isinstance(body, dict):
        name, *rest = path
        require(name in body, f"This property cannot be expanded ({name}).", param="expand")
        found = world.accounts[account].get(body[name]) if isinstance(body[name], str) else None
        if found is not None:
            body[name] = shown(found)
        if rest:
            _expand(world, account, body[name], rest)


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_: Any, **__: Any) -> None:
        # Mistakes of the fake's own are still logged.
        return None


def serve(fake: FakeStripe, *, port: int = 0) -> Any:
    """Return a server for a fake, bound to this machine only; its address becomes the world's."""
    server = make_server("127.0.0.1", port, fake, threaded=True, request_handler=_Quiet)
    server.daemon_threads = True
    fake.world.live_at(f"http://127.0.0.1:{server.server_port}")
    return server


@contextmanager
def running(fake: FakeStripe) -> Iterator[FakeStripe]:
    """Serve a fake from a thread for the length of the block."""
    server = serve(fake)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def a_fake(**options: Any) -> FakeStripe:
    """Return a fake without webhooks, for tests: what it tells of stays in `world.untold`."""
    world = World(**options)
    return FakeStripe(world, Deliveries(world, []))
