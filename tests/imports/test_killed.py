"""An import is killed in the middle, for real; whoever goes on neither loses a row nor doubles one."""

import subprocess
import time

import psycopg
import pytest

from app.core.config import ROOT
from app.core.supervisor import our_python

pytestmark = pytest.mark.slow

ROWS = 3_000


def test_a_killed_import_goes_on_and_a_repeated_one_adds_nothing(new_site, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Title,Skills\n" + "".join(f"Paint door {number},Painting\n" for number in range(ROWS)))
    command = our_python("-m", "app.cli", "import", "gigs", "--tenant", "painters", str(file))
    with new_site(worker=False) as site, psycopg.connect(site.database.operator_url, autocommit=True) as eyes:
        opening = our_python("-m", "app.cli", "tenant", "create", "painters", "--name", "Painters")
        subprocess.run([*opening, "--leader", "ida@example.org"], cwd=ROOT, env=site.environment, check=True)
        site.start("import", *command[1:])
        until(lambda: count(eyes, "gigs") > 0)
        site.kill("import")
        assert 0 < count(eyes, "gigs") < ROWS
        assert count(eyes, "gigs") == count(eyes, "import_rows WHERE state = 'created'")

        site.start("worker", "-m", "app.cli", "work")
        until(lambda: count(eyes, "imports WHERE state = 'finished'") == 1)
        assert count(eyes, "gigs") == count(eyes, "import_rows WHERE state = 'created'") == ROWS

        again = subprocess.run(command, cwd=ROOT, env=site.environment, check=True, capture_output=True, text=True)
        assert f"{ROWS:,} known before" in again.stdout
        assert count(eyes, "gigs") == ROWS


def count(eyes, what):
    return eyes.execute(f"SELECT count(*) FROM {what}").fetchone()[0]


def until(is_so, seconds=120):
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.05)
