"""The yardstick: what a competent developer writes who wants this listing and nothing else.

Flask, psycopg, one statement, plain Jinja, for the same rows and the same markup. There is no tenancy, no session, no
row-level security, and the filters count nothing: what Guildhall costs or saves is measured against it.
"""

import os
from datetime import date
from threading import local
from typing import Any

import psycopg
from flask import Flask, render_template
from psycopg.rows import dict_row

app = Flask(__name__)
app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

LISTING = """
SELECT gigs.id, title, gigs.summary, direction, settlement, pay_kind, pay_min, pay_max, gigs.currency, effort_minutes,
       due_on, remote, place, members.name AS author_name, members.hue AS author_hue, members.picture AS author_picture,
       members.finished_count AS author_finished, categories.name AS category,
       (SELECT array_agg(skills.name ORDER BY gig_skills.position)
          FROM gig_skills JOIN skills ON skills.tenant_id = gig_skills.tenant_id AND skills.id = gig_skills.skill_id
         WHERE gig_skills.tenant_id = gigs.tenant_id AND gig_skills.gig_id = gigs.id AND relation = 'needed') AS skills
  FROM gigs
  JOIN members ON members.tenant_id = gigs.tenant_id AND members.id = gigs.author_id
  LEFT JOIN categories ON categories.tenant_id = gigs.tenant_id AND categories.id = gigs.category_id
 WHERE gigs.tenant_id = 1 AND gigs.state = 'open' AND audience = 'hall'
 ORDER BY published_at DESC, gigs.id DESC
 LIMIT 24
"""
SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}


@app.get("/gigs")
def gigs() -> str:
    return render_template("yardstick.html", gigs=connection().execute(LISTING).fetchall())


@app.get("/gigs/<uuid:gig_id>")
def gig(gig_id: Any) -> str:
    return f"The gig {gig_id}."


@app.get("/healthz")
def healthz() -> dict[str, bool]:
    return {"alive": True}


_own = local()


def connection() -> psycopg.Connection[Any]:
    """Return this thread's connection; its first request opens it, since workers are forked from a loaded parent."""
    if not hasattr(_own, "connection"):
        url = os.environ["DATABASE_OPERATOR_URL"]
        _own.connection = psycopg.connect(url, autocommit=True, row_factory=dict_row)
    return _own.connection  # type: ignore[no-any-return]


@app.template_filter()
def worth(gig: dict[str, Any]) -> tuple[str, str]:
    if gig["settlement"] == "money":
        least, most, currency = gig["pay_min"], gig["pay_max"], gig["currency"]
        amount = f"{money(least, currency)}–{money(most, currency)}" if most else money(least, currency)
        return amount, "an hour" if gig["pay_kind"] == "hourly" else "fixed price"
    elif gig["settlement"] == "favour":
        return "A favour", f"about {gig['effort_minutes'] // 60}\u00a0h" if gig["effort_minutes"] else ""
    else:
        return "", ""


@app.template_filter()
def place(gig: dict[str, Any]) -> str:
    if gig["place"]:
        return f"{gig['place']} or remote" if gig["remote"] else gig["place"]
    else:
        return "Remote" if gig["remote"] else ""


@app.template_filter()
def short_day(day: date) -> str:
    return f"{day.day} {day:%b}" if day.year == date.today().year else f"{day.day} {day:%b %Y}"  # noqa: DTZ011, TID251


@app.template_filter()
def finished(count: int) -> str:
    return f"{count} gig{'s' if count != 1 else ''} finished here" if count else "new to the hall"


@app.template_filter()
def initials(name: str) -> str:
    words = name.split()
    return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()


def money(minor: int, currency: str) -> str:
    whole, rest = divmod(minor, 100)
    return f"{SIGNS[currency]}{whole:,}" + (f".{rest:02}" if rest else "")
