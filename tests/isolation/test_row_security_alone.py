"""Row-level security by itself: the listing's tests pass with every explicit tenant predicate of ours switched off."""

import os
import re
import subprocess

import pytest

from app.core.config import ROOT
from app.core.supervisor import our_python

pytestmark = pytest.mark.slow

LISTING = ["tests/gigs/test_listing.py", "tests/gigs/test_pages.py"]


def outcome(**environment):
    """Return what pytest says at the end of the listing's tests, run in a process of its own."""
    return subprocess.run(
        our_python("-m", "pytest", "-p", "no:cacheprovider", "-q", *LISTING),
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    ).stdout


def test_the_listing_is_the_same_without_explicit_predicates():
    said = outcome(GUILDHALL_TENANT_PREDICATES="off")
    assert re.search(r"^\d{2,} passed", said.splitlines()[-1]), said[-3000:]
    assert not re.search(r"\d (failed|errors?)", said.splitlines()[-1]), said[-3000:]


def test_the_switch_takes_the_predicates_away():
    program = "from tenants.isolation import scoped; from app.gigs.models import Gig; print(scoped(Gig))"
    for switch, expected in (("on", "gigs.tenant_id = :tenant_in_force"), ("off", "true")):
        said = subprocess.run(
            our_python("-c", program),
            cwd=ROOT,
            env=os.environ | {"GUILDHALL_TENANT_PREDICATES": switch},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert said.strip() == expected
