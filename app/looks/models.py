"""How a marketplace looks: every version of it that was ever used, and the pictures that were brought for it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.core.pictures import Picture, Shelf
from tenants.isolation import TenantRow, tenant_key
from tenants.models import Tenant, one_of
from themes.uploads import COVERS, LOGOS

SHELVES: dict[str, Shelf] = {"logo": LOGOS, "cover": COVERS}


@dataclass(frozen=True, slots=True)
class Appearance:
    """All that a leader decides of a marketplace's look. `logo` and `cover` are as `Picture.written` gives them."""

    preset: str
    brand_colour: str
    tagline: str
    welcome: str
    logo: str | None = None
    cover: str | None = None

    @classmethod
    def of(cls, row: Any) -> "Appearance":
        """Return what a tenant's row, or a version, holds."""
        return cls(**{name: getattr(row, name) for name in cls.__slots__})

    def put_on(self, tenant: Tenant) -> None:
        """Write it to the tenant's row, from where every page takes it."""
        for name, value in asdict(self).items():
            setattr(tenant, name, value)

    def differs_in(self, other: "Appearance") -> list[str]:
        """Return the names of what is not the same."""
        mine, theirs = asdict(self), asdict(other)
        return [name for name in mine if mine[name] != theirs[name]]


class ThemeVersion(TenantRow, Base):
    """One look that the marketplace had, from `made_at` until the next. Rows are never changed.

    The first one is what it opened with, and nobody made it; `restores` is the number of the version that somebody went
    back to.
    """

    __tablename__ = "theme_versions"
    shown_in = ("hall",)
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        tenant_key("made_by", "members"),
    )

    number: Mapped[int] = mapped_column(Integer)
    preset: Mapped[str]
    brand_colour: Mapped[str]
    tagline: Mapped[str]
    welcome: Mapped[str]
    logo: Mapped[str | None]
    cover: Mapped[str | None]
    made_by: Mapped[UUID | None]
    made_at: Mapped[datetime]
    restores: Mapped[int | None] = mapped_column(Integer)


class HallPicture(TenantRow, Base):
    """A logo or a cover that a leader brought, whether it came to be used or not."""

    __tablename__ = "hall_pictures"
    shown_in = ("hall",)
    __table_args__ = (
        UniqueConstraint("tenant_id", "role", "name"),
        CheckConstraint(one_of("role", tuple(SHELVES)), name="role_known"),
        tenant_key("kept_by", "members"),
    )

    role: Mapped[str]
    name: Mapped[str]
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    kept_by: Mapped[UUID]
    kept_at: Mapped[datetime]

    @property
    def picture(self) -> Picture:
        return Picture(self.name, self.width, self.height)
