"""Load from wrk: bounded, on loopback, one scenario at a time, all scenarios in turn."""

import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench import data
from bench.results import Result
from bench.servers import Web

SECONDS = 2
ROUNDS = 5
CONNECTIONS = 8


class LoadFailed(RuntimeError):
    """The load tool is missing, or a server answered otherwise than it should."""


@dataclass(eq=False)
class Scenario:
    """One page asked for again and again, and what came of it in each round."""

    name: str
    web: Web
    path: str
    headers: dict[str, str]
    status: int = 200
    #: Words that a good answer holds, and how often.
    holds: tuple[str, int] = ("<title>", 1)
    #: Other hosts to ask in turn, where one is not enough.
    hosts: Sequence[str] = ()
    rates: list[float] = field(default_factory=list)
    web_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)

    def times(self, other: "Scenario") -> float:
        """Return how many times as many requests a second it answers as another: the median of each round's ratio."""
        return _median_ratio(self.rates, other.rates)

    def slowness(self, other: "Scenario") -> float:
        """Return how many times as long as another it lets the slowest hundredth wait: the median of each round's ratio."""
        return _median_ratio(self.p99_ms, other.p99_ms)

    def check(self) -> None:
        """Ask as a browser does, twice: with the second question comes the cookie that the first answer brought.

        :raises LoadFailed: when the answer has another status, or not the words that it should.
        """
        for _ in range(2):
            status, headers, body = self.web.get(self.path, self.headers)
            word, times = self.holds
            if status != self.status or (status == 200 and body.decode().count(word) != times):
                raise LoadFailed(f"{self.name}: {self.path} answered {status} with {len(body)} bytes")
            if cookie := headers.get("Set-Cookie"):
                self.headers = self.headers | {"Cookie": cookie.partition(";")[0]}

    def run(self, seconds: float) -> None:
        """Load the server for a while and note the figures."""
        web, database = self.web.cpu_seconds(), data.processor_seconds()
        requests, rate, p99 = _wrk(self, seconds)
        self.rates.append(rate)
        self.p99_ms.append(p99)
        self.web_ms.append((self.web.cpu_seconds() - web) * 1000 / max(requests, 1))
        self.database_ms.append((data.processor_seconds() - database) * 1000 / max(requests, 1))

    def figures(self, yardstick: "Scenario", target: float | None = None) -> Iterator[Result]:
        """Yield what came of it, beside the yardstick."""
        if self is not yardstick:
            yield Result(f"{self.name}: against the yardstick", self.times(yardstick), "×", target)
        yield Result(f"{self.name}: rate", statistics.median(self.rates), "pages/s")
        yield Result(f"{self.name}: CPU, web", statistics.median(self.web_ms), "ms/page", better="lower")
        yield Result(f"{self.name}: CPU, database", statistics.median(self.database_ms), "ms/page", better="lower")
        yield Result(f"{self.name}: p99", statistics.median(self.p99_ms), "ms", better="lower")


def interleaved(scenarios: Sequence[Scenario], *, rounds: int = ROUNDS, seconds: float = SECONDS) -> None:
    """Run all scenarios in turn, several rounds: a machine's speed drifts, ratios within a round do not."""
    for scenario in scenarios:
        scenario.check()
        _wrk(scenario, 1)
    for _ in range(rounds):
        for scenario in scenarios:
            scenario.run(seconds)


def _median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _wrk(scenario: Scenario, seconds: float) -> tuple[int, float, float]:
    """Return requests, requests a second, and the 99th percentile of the latency in milliseconds."""
    tool = shutil.which("wrk")
    if tool is None:
        raise LoadFailed("the load tool wrk is missing. On Debian and Ubuntu: sudo apt-get install wrk")
    headers = [part for name, value in scenario.headers.items() for part in ("-H", f"{name}: {value}")]
    address = f"http://127.0.0.1:{scenario.web.port}{scenario.path}"
    command = [tool, "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--latency", *headers]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT.format(hosts=", ".join(f'"{host}"' for host in scenario.hosts)))
        script.flush()
        command += ["-s", script.name] if scenario.hosts else []
        said = subprocess.run(
            [*command, address], capture_output=True, text=True, check=True, timeout=seconds + 60
        ).stdout
    if scenario.status == 200 and "Non-2xx" in said:
        raise LoadFailed(f"{scenario.name}: {said}")
    requests = int(_found(r"(\d+) requests in", said))
    return requests, float(_found(r"Requests/sec:\s+([\d.]+)", said)), _milliseconds(_found(r"(?m)^ +99% +(\S+)", said))


_SCRIPT = """
local hosts, at = {{ {hosts} }}, 0
function request()
  at = at % #hosts + 1
  wrk.headers["Host"] = hosts[at]
  return wrk.format()
end
"""


def _found(pattern: str, said: str) -> str:
    match = re.search(pattern, said)
    if match is None:
        raise LoadFailed(f"wrk said something else: {said}")
    return match.group(1)


def _milliseconds(written: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", written).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]
