"""Two web processes remember each for itself; neither ever shows what the other has made out of date."""

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

# Either process answers with the same chance: that one of them is never asked happens once in millions of runs.
LOOKS = 24
HALL = "designers"


@dataclass
class Site:
    """A running site, looked at from connections of one question each, so that either process may answer."""

    site: Any

    def get(self, path: str, cookie: str = "", **headers: str) -> tuple[int, str, str]:
        """Return status, page and tag."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        sent = {"Host": f"{HALL}.localhost:{self.site.port}", **headers} | ({"Cookie": cookie} if cookie else {})
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body, answer.headers.get("ETag", "")

    def looks(self, path: str, cookie: str = "") -> set[str]:
        """Return what many looks at a page show, without what each form is signed with."""
        return {re.sub(r'value="[^"]{40,}"', "", self.get(path, cookie)[1]) for _ in range(LOOKS)}

    def run(self, statement: str, *values: Any) -> None:
        """Change something as a third process would that never heard of ours: in a transaction that counts the change."""
        with psycopg.connect(self.site.database.operator_url) as connection:
            connection.execute(statement, values)  # type: ignore[arg-type]
            connection.execute("UPDATE tenant_versions SET gigs = gigs + 1")


@pytest.fixture(scope="module")
def site(new_site: Any) -> Iterator[Site]:
    with new_site(worker=False) as made:
        made.start("seed", "-m", "app.cli", "seed").wait(240)
        yield Site(made)


def test_both_processes_show_a_change_at_once(site):
    """A title is changed again and again; from the first look on nobody sees the old one, on either page, in either process."""
    for number in range(4):
        before = site.looks("/gigs")
        site.run("UPDATE gigs SET title = %s WHERE id = (SELECT id FROM gigs WHERE state = 'open' AND audience = 'hall' "
                 "AND tenant_id = (SELECT id FROM tenants WHERE slug = %s) ORDER BY published_at DESC LIMIT 1)",
                 f"The newest title of all, {number}", HALL)  # fmt: skip
        after = site.looks("/gigs")
        assert len(before) == len(after) == 1
        assert f"The newest title of all, {number}" in after.pop()


def test_a_tag_is_good_in_both_processes_until_something_changes(site):
    tag = site.get("/gigs")[2]
    assert {site.get("/gigs", **{"If-None-Match": tag})[0] for _ in range(LOOKS)} == {304}
    site.run(
        "UPDATE gigs SET summary = 'Said in another way.' WHERE tenant_id = (SELECT id FROM tenants WHERE slug = %s)",
        HALL,
    )
    assert {site.get("/gigs", **{"If-None-Match": tag})[0] for _ in range(LOOKS)} == {200}
