"""Webhooks: signed, over HTTP, and as unreliable as a test wants them."""

import hmac
import http.client
import json
import random
from dataclasses import dataclass, field
from threading import Event, Thread
from time import time
from urllib.parse import urlsplit

from tests.stripe.world import PLATFORM, Thing, World, shown

_TRIES = 12
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where webhooks go: events of connected accounts, or the platform's own; of all types, or those that begin so."""

    url: str
    secret: str
    is_connect: bool = False
    types: tuple[str, ...] = ("",)

    def wants(self, account: str, event: Thing) -> bool:
        return (account != PLATFORM) is self.is_connect and event["type"].startswith(self.types)


@dataclass(frozen=True, slots=True)
class Weather:
    """How unreliable deliveries are; the three are chances between 0 and 1, of a round being shuffled and of each event."""

    shuffles: float = 0
    doubles: float = 0
    drops: float = 0


@dataclass
class Letter:
    """One event on its way to one endpoint."""

    endpoint: Endpoint
    account: str
    event: Thing
    tries: int = 0

    def body(self) -> bytes:
        told = shown(self.event)
        if self.account != PLATFORM:
            told["account"] = self.account
        return json.dumps(told).encode()


@dataclass
class Deliveries:
    """What was told of, what waits for another try, and what never arrived."""

    world: World
    endpoints: list[Endpoint]
    weather: Weather = field(default_factory=Weather)
    seed: int = 0
    waiting: list[Letter] = field(default_factory=list)
    dropped: list[Letter] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._ends = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Deliver by itself from now on, until `stop`."""
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ends.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while not self._ends.wait(_PAUSE):
            self.round()

    def round(self) -> int:
        """Try once to deliver everything that nobody was told of yet; return how many events arrived."""
        with self.world.lock:
            untold, self.world.untold = self.world.untold, []
        letters = self.waiting + self._fateful(
            [
                Letter(to, account, event)
                for account, event in untold
                for to in self.endpoints
                if to.wants(account, event)
            ]
        )
        if self._random.random() < self.weather.shuffles:
            self._random.shuffle(letters)
        failed = [letter for letter in letters if not self._deliver(letter)]
        self.waiting = [letter for letter in failed if letter.tries < _TRIES]
        self.dropped += [letter for letter in failed if letter.tries >= _TRIES]
        return len(letters) - len(failed)

    def _fateful(self, letters: list[Letter]) -> list[Letter]:
        kept = []
        for letter in letters:
            if self._random.random() < self.weather.drops:
                self.dropped.append(letter)
            else:
                kept += [letter] * (2 if self._random.random() < self.weather.doubles else 1)
        return kept

    def _deliver(self, letter: Letter) -> bool:
        letter.tries += 1
        return post(letter.endpoint, letter.body()) in range(200, 300)


def post(endpoint: Endpoint, body: bytes, *, signature: str | None = None) -> int:
    """Send a webhook; return the status that came back, 0 when nobody answered."""
    where = urlsplit(endpoint.url)
    # Whatever the host is called, it is on this machine.
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=10)
    headers = {
        "Host": where.netloc,
        "Content-Type": "application/json",
        "Stripe-Signature": signature or signed(body, endpoint.secret),
    }
    try:
        connection.request("POST", where.path, body, headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def signed(body: bytes, secret: str, *, at: int | None = None) -> str:
    """Return the header that proves whose a webhook is and when it was sent."""
    moment = int(time()) if at is None else at
    proof = hmac.new(secret.encode(), f"{moment}.".encode() + body, "sha256").hexdigest()
    return f"t={moment},v1={proof}"
