"""Load from wrk: bounded, on loopback, one scenario at a time, all scenarios in turn."""

import re
import shutil
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.servers import Web

SECONDS = 3
ROUNDS = 5
CONNECTIONS = 8


class LoadFailed(RuntimeError):
    """The load tool is missing, or a server answered otherwise than it should."""


@dataclass
class Scenario:
    """One page asked for again and again, and what came of it in each round."""

    name: str
    web: Web
    path: str
    headers: Mapping[str, str]
    status: int = 200
    rates: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return requests a second: the median of the rounds."""
        return statistics.median(self.rates)

    @property
    def cpu(self) -> float:
        """Return processor milliseconds a request in the web workers: the median of the rounds."""
        return statistics.median(self.cpu_ms)

    @property
    def p99(self) -> float:
        return statistics.median(self.p99_ms)

    def check(self) -> None:
        """Ask once and look at the answer.

        :raises LoadFailed: when it has another status, or no body where one is due.
        """
        status, _, body = self.web.get(self.path, self.headers)
        if status != self.status or (status == 200 and len(body) < 1000):
            raise LoadFailed(f"{self.name}: {self.path} answered {status} with {len(body)} bytes")

    def run(self, seconds: float) -> None:
        """Load the server for a while and note the figures."""
        before = self.web.cpu_seconds()
        requests, rate, p99 = _wrk(self, seconds)
        self.rates.append(rate)
        self.p99_ms.append(p99)
        self.cpu_ms.append((self.web.cpu_seconds() - before) * 1000 / max(requests, 1))


def interleaved(scenarios: Sequence[Scenario], *, rounds: int = ROUNDS, seconds: float = SECONDS) -> None:
    """Run all scenarios in turn, several rounds: a machine's speed drifts, ratios within a round do not."""
    for scenario in scenarios:
        scenario.check()
        _wrk(scenario, 0.5)
    for _ in range(rounds):
        for scenario in scenarios:
            scenario.run(seconds)


def _wrk(scenario: Scenario, seconds: float) -> tuple[int, float, float]:
    """Return requests, requests a second, and the 99th percentile of the latency in milliseconds."""
    tool = shutil.which("wrk")
    if tool is None:
        raise LoadFailed("wrk is missing; on Debian: apt-get install wrk")
    headers = [part for name, value in scenario.headers.items() for part in ("-H", f"{name}: {value}")]
    address = f"http://127.0.0.1:{scenario.web.port}{scenario.path}"
    command = [tool, "-t1", f"-c{CONNECTIONS}", f"-d{max(seconds, 1):g}s", "--latency", *headers, address]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    if scenario.status == 200 and "Non-2xx" in said:
        raise LoadFailed(f"{scenario.name}: {said}")
    requests = int(_found(r"(\d+) requests in", said))
    return requests, float(_found(r"Requests/sec:\s+([\d.]+)", said)), _milliseconds(_found(r"99%\s+(\S+)", said))


def _found(pattern: str, said: str) -> str:
    match = re.search(pattern, said)
    if match is None:
        raise LoadFailed(f"wrk said something else: {said}")
    return match.group(1)


def _milliseconds(written: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", written).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]
