"""Monthly statements for whoever earned or paid something, the marketplace's own, and its books."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from app.admin.people import member_or_404
from app.authorization import authorized, current_member
from app.core import clock
from app.core.limits import allow
from app.core.months import month_of, span
from app.core.wording import month as month_in_words
from app.policies import BE_HERE, MANAGE_MONEY
from app.profiles.people import people
from app.statements.files import as_file, attached, lines_of_hall, lines_of_party
from app.statements.forms import Looking
from app.statements.months import month_or_404, written
from app.statements.papers import paper_of_hall, paper_of_party
from app.statements.queries import parties, transactions
from app.statements.shown import account_shown, balance_rows, party_shown, result_rows, transactions_shown, turning
from app.statements.statement import statement_of, totals_of
from billing.statements import as_csv
from tenants.context import tenant
from tenants.models import Member

blueprint = Blueprint("statements", __name__, subdomain="hall")

#: How many somebody prints in an hour: each costs a second of the machine. A leader prints those of everybody who earned.
PRINTS = 60
_ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


@blueprint.get("/work/statements")
@blueprint.get("/work/statements/<month>")
@authorized(BE_HERE)
def mine(month: str = "") -> str:
    return _party_page(
        current_member().id, month, "statements.mine", "statements.mine_as_csv", "statements.mine_as_pdf"
    )


@blueprint.get("/work/statements/<month>/statement.csv")
@authorized(BE_HERE)
def mine_as_csv(month: str) -> Response:
    return _party_file(current_member().id, month)


@blueprint.get("/work/statements/<month>/statement.pdf")
@authorized(BE_HERE)
def mine_as_pdf(month: str) -> Response:
    return _party_paper(current_member().id, month)


@blueprint.get("/desk/money/statements")
@blueprint.get("/desk/money/statements/<month>")
@authorized(MANAGE_MONEY)
def of_hall(month: str = "") -> str:
    at = _month(month)
    totals = totals_of(at)
    return render_template(
        "statements/hall.html",
        month=month_in_words(at),
        turning=turning(at, _today(), "statements.of_hall"),
        results=result_rows(totals),
        balances=balance_rows(totals),
        parties=[party_shown(row, at) for row in parties(*span(at, tenant.time_zone))],
        file=url_for(".hall_as_csv", month=written(at)),
        paper=url_for(".hall_as_pdf", month=written(at)),
    )


@blueprint.get("/desk/money/statements/<month>/statement.csv")
@authorized(MANAGE_MONEY)
def hall_as_csv(month: str) -> Response:
    at = _month(month)
    return as_file(lines_of_hall(totals_of(at)), f"{tenant.slug}-{written(at)}")


@blueprint.get("/desk/money/statements/<month>/statement.pdf")
@authorized(MANAGE_MONEY)
def hall_as_pdf(month: str) -> Response:
    at = _month(month)
    _allow_printing()
    return attached(paper_of_hall(totals_of(at), at), f"{tenant.slug}-{written(at)}.pdf", "application/pdf")


@blueprint.get("/desk/money/statements/<month>/members/<uuid:member_id>")
@authorized(MANAGE_MONEY, load=member_or_404)
def of_party(member: Member, month: str) -> str:
    return _party_page(
        member.id,
        month,
        "statements.of_party",
        "statements.party_as_csv",
        "statements.party_as_pdf",
        member_id=member.id,
    )


@blueprint.get("/desk/money/statements/<month>/members/<uuid:member_id>/statement.csv")
@authorized(MANAGE_MONEY, load=member_or_404)
def party_as_csv(member: Member, month: str) -> Response:
    return _party_file(member.id, month)


@blueprint.get("/desk/money/statements/<month>/members/<uuid:member_id>/statement.pdf")
@authorized(MANAGE_MONEY, load=member_or_404)
def party_as_pdf(member: Member, month: str) -> Response:
    return _party_paper(member.id, month)


@blueprint.get("/desk/money/books")
@authorized(MANAGE_MONEY)
def books() -> str:
    form = Looking.at(request.args)
    asked = form.asked
    since, until = _span(asked["month"])
    page = transactions(since, until, account=asked["account"], currency=asked["currency"], at=request.args.get("at"))
    return render_template(
        "statements/books.html",
        form_=form,
        page=page,
        at=f"?{urlencode(asked)}&at=",
        transactions=transactions_shown(page),
        file=url_for(".span_as_csv", month=asked["month"]) if asked["month"] else url_for("treasury.books"),
    )


@blueprint.get("/desk/money/books/<month>.csv")
@authorized(MANAGE_MONEY)
def span_as_csv(month: str) -> Response:
    """Answer with every entry of a month."""
    since, until = _span(written(_month(month)))
    content = "".join(as_csv(since=since, until=until))
    return attached(content, f"{tenant.slug}-books-{month}.csv", "text/csv; charset=utf-8")


def _party_page(party_id: UUID, month: str, endpoint: str, file: str, paper: str, **values: UUID) -> str:
    at = _month(month)
    return render_template(
        "statements/party.html",
        person=people([party_id])[party_id] if values else None,
        month=month_in_words(at),
        turning=turning(at, _today(), endpoint, **values),
        accounts=[account_shown(one, at) for one in statement_of(party_id, at)],
        file=url_for(file, month=written(at), **values),
        paper=url_for(paper, month=written(at), **values),
    )


def _party_file(party_id: UUID, month: str) -> Response:
    at = _month(month)
    return as_file(lines_of_party(statement_of(party_id, at)), f"{tenant.slug}-{written(at)}")


def _party_paper(party_id: UUID, month: str) -> Response:
    at = _month(month)
    _allow_printing()
    name = people([party_id])[party_id].name
    content = paper_of_party(statement_of(party_id, at), at, name=name, party_id=party_id)
    return attached(content, f"{tenant.slug}-{written(at)}.pdf", "application/pdf")


def _allow_printing() -> None:
    allow("statements printed", str(current_member().id), limit=PRINTS, per=timedelta(hours=1))


def _span(month: str) -> tuple[datetime, datetime]:
    return span(_month(month), tenant.time_zone) if month else _ALWAYS


def _month(text: str) -> date:
    return month_or_404(text, _today()) if text else month_of(_today())


def _today() -> date:
    return clock.today(tenant.time_zone)
