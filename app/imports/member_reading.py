"""A row of a list of people, read into who they are."""

from dataclasses import dataclass

from app.core.forms import email_address
from app.core.languages import gettext as _
from app.imports.cells import read_place, read_skills
from app.imports.rows import RefusedRow

LONGEST_NAME, LONGEST_HEADLINE = 80, 120


@dataclass(frozen=True, slots=True)
class ReadMember:
    """One person of the list."""

    email: str
    name: str
    headline: str
    place: str
    remote: bool
    skills: list[str]


def read_member(values: dict[str, str]) -> ReadMember:
    """Return the person that a row tells of.

    :raises RefusedRow: with the reason, when it tells of nobody.
    """
    said = {key: " ".join(text.split()) for key, text in values.items() if key != "skills"}
    if not said.get("email"):
        raise RefusedRow(_("It has no e-mail address."))
    try:
        email = email_address(said["email"])
    except ValueError as problem:
        raise RefusedRow(str(problem)) from None
    name = " ".join(filter(None, (said.get("name"), said.get("family"))))
    if len(name) < 2:
        raise RefusedRow(_("It has no name."))
    elif len(name) > LONGEST_NAME:
        raise RefusedRow(
            _(
                "The name has %(name)s characters; at most %(longest_name)s fit.",
                name=len(name),
                longest_name=LONGEST_NAME,
            )
        )
    place, remote = read_place(said.get("place", ""))
    return ReadMember(
        email=email,
        name=name,
        headline=said.get("headline", "")[:LONGEST_HEADLINE],
        place=place,
        remote=remote is not False,
        skills=read_skills(values.get("skills", "")).names,
    )
