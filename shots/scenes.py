"""What is photographed: which page of which marketplace, as whom, and in which looks."""

from collections.abc import Callable
from dataclasses import dataclass

from shots.site import Site

LEADER, MEMBER = "leader@example.com", "member@example.com"

#: Brand colours far apart, one for each preset that is tried on.
COLOURS = {
    "atelier": "#a3352c",
    "workshop": "#d97706",
    "harbour": "#1f6f8b",
    "civic": "#2b4c9b",
    "nightmarket": "#c026a3",
    "garden": "#4f7f3a",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """One page. `wears_all` has it taken in every preset, otherwise in the marketplace's own look."""

    name: str
    hall: str
    path: Callable[[Site], str]
    who: str = ""
    wears_all: bool = False


def _at(path: str) -> Callable[[Site], str]:
    return lambda _: path


def _gig(site: Site) -> str:
    found = site.one(
        "SELECT g.id FROM gigs g JOIN tenants t ON t.id = g.tenant_id WHERE t.slug = 'designers' AND g.state = 'open' "
        "AND g.settlement = 'money' ORDER BY length(g.description) DESC LIMIT 1"
    )
    return f"/gigs/{found}"


def _profile(site: Site) -> str:
    found = site.one(
        "SELECT m.id FROM members m JOIN tenants t ON t.id = m.tenant_id WHERE t.slug = 'designers' "
        "AND m.standing = 'active' ORDER BY m.finished_count DESC, m.name LIMIT 1"
    )
    return f"/people/{found}"


def _draft(step: str) -> Callable[[Site], str]:
    def path(site: Site) -> str:
        found = site.one(
            "SELECT g.id FROM gigs g JOIN members m ON m.tenant_id = g.tenant_id AND m.id = g.author_id "
            "JOIN users u ON u.id = m.user_id JOIN tenants t ON t.id = g.tenant_id "
            "WHERE t.slug = 'designers' AND g.state = 'draft' AND u.email = %(email)s LIMIT 1",
            email=MEMBER,
        )
        return f"/gigs/{found}/{step}"

    return path


def _agreement(site: Site) -> str:
    found = site.one(
        "SELECT a.id FROM agreements a JOIN members m ON m.tenant_id = a.tenant_id AND m.id IN (a.client_id, a.worker_id) "
        "JOIN users u ON u.id = m.user_id JOIN tenants t ON t.id = a.tenant_id "
        "WHERE t.slug = 'designers' AND u.email = %(email)s ORDER BY a.state = 'delivered' DESC, a.id LIMIT 1",
        email=MEMBER,
    )
    return f"/agreements/{found}"


SCENES = (
    Scene("platform", "", _at("/")),
    Scene("front", "designers", _at("/"), wears_all=True),
    Scene("listing", "designers", _at("/gigs"), wears_all=True),
    Scene("gig", "designers", _gig, wears_all=True),
    Scene("front-hillside", "hillside", _at("/")),
    Scene("front-northwind", "northwind", _at("/"), MEMBER),
    Scene("door", "northwind", _at("/")),
    Scene("own-page", "designers", _at("/pages/about")),
    Scene("profile", "designers", _profile),
    Scene("work", "designers", _at("/work"), MEMBER),
    Scene("posting-what", "designers", _draft("steps/what"), MEMBER),
    Scene("posting-details", "designers", _draft("steps/details"), MEMBER),
    Scene("posting-terms", "designers", _draft("steps/terms"), MEMBER),
    Scene("posting-preview", "designers", _draft("preview"), MEMBER),
    Scene("agreement", "designers", _agreement, MEMBER),
    Scene("desk-look", "designers", _at("/desk/look"), LEADER),
    Scene("desk-front", "designers", _at("/desk/front"), LEADER),
    Scene("desk-pages", "designers", _at("/desk/pages"), LEADER),
)
