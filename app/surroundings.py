"""What every page knows of where it is: the hall's name and drawn identity, and whoever is here."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, g

from app.authorization import could, may
from app.core.config import config
from app.core.languages import lazy_gettext as _l
from app.core.pictures import Picture, Size, path, srcset
from app.editorial.queries import page_links
from app.policies import __dict__ as _policy_names
from tenants.context import current_tenant, member_or_none, tenant_id_or_none
from themes.drawing import crest, emblem, initials
from themes.look import Look

_PERMISSIONS = {name: value for name, value in _policy_names.items() if name.isupper() and isinstance(value, str)}

_ROLES = {
    "admin": _l("admin"),
    "category_leader": _l("category leader"),
    "customer": _l("customer"),
    "expert": _l("expert"),
    "leader": _l("leader"),
    "manager": _l("manager"),
    "member": _l("member"),
    "moderator": _l("moderator"),
    "recruiter": _l("recruiter"),
}


def install(app: Flask) -> None:
    """Let templates know the hall, the member, and what the member may do."""
    app.context_processor(_surroundings)
    app.jinja_env.globals.update(_PERMISSIONS, may=may, could=could, crest=crest, emblem=emblem, page_links=page_links)
    app.jinja_env.filters.update(
        initials=_initials,
        face_address=_face_address,
        picture=path,
        picture_set=_picture_set,
        role_names=_role_names,
    )


def _role_names(roles: Iterable[str]) -> str:
    """Return a member's roles in words: “Category leader, member”."""
    names = ", ".join(str(_ROLES[role]) for role in sorted(roles) if role in _ROLES)
    return names[:1].upper() + names[1:]


def _face_address(picture: str, size: Size = "small") -> str:
    """Return where a person's picture is: rows hold its name, samples of the style guide an address."""
    return picture if picture.startswith(("/", "data:")) else path(picture, size)


def _initials(name: object) -> str:
    """Return the initials of a name; whoever left is called by words that are only now put into a language."""
    return initials(str(name))


def _picture_set(name: str, width: int, height: int) -> str:
    """Return the sizes of somebody's picture for `<img srcset>`: `{{ one.picture | picture_set(one.width, one.height) }}`."""
    return srcset(Picture(name, width, height))


def _surroundings() -> dict[str, Any]:
    hall = Look(current_tenant()) if tenant_id_or_none() is not None else None
    return {"hall": hall, "me": member_or_none(), "site": g.get("site"), "settings": config()}
