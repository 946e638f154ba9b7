"""Time zones to choose from."""

from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """Return every IANA zone of a region as a pair of its name and what people read."""
    regions = sorted(
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right"))
    )
    return (("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in regions))
