"""Work to show."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from sqlalchemy import Index, Integer, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import pictures
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.jobs import job
from app.core.languages import lazy_gettext as _l
from app.core.pictures import Picture
from tenants.context import current_tenant_id
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member
from tenants.versions import touch

MOST = 24


class PortfolioFull(Conflict):
    message = _l("%(most)s pieces fit into a portfolio. Take one out before you add another.", most=MOST)


class PortfolioItem(TenantRow, Base):
    """A piece of work to show: a picture, a few words, perhaps a link. A member's pieces change under their profile's lock."""

    __tablename__ = "portfolio_items"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        Index("portfolio_items_member_idx", "tenant_id", "member_id", "position", "id"),
    )

    member_id: Mapped[UUID]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(server_default="")
    url: Mapped[str] = mapped_column(server_default="")
    picture: Mapped[str | None]
    picture_width: Mapped[int | None] = mapped_column(Integer)
    picture_height: Mapped[int | None] = mapped_column(Integer)
    picture_alt: Mapped[str] = mapped_column(server_default="")
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]

    @classmethod
    def of(cls, member_id: UUID) -> list[Self]:
        """Return a member's pieces in their order."""
        return list(
            db.session.scalars(
                select(cls).where(scoped(cls), cls.member_id == member_id).order_by(cls.position, cls.id)
            )
        )

    @classmethod
    def add(cls, member_id: UUID, *, now: datetime, picture: Picture | None = None, **words: str) -> Self:
        """Return a new piece, shown last.

        :raises PortfolioFull: when there are as many as fit.
        """
        others = cls.of(member_id)
        if len(others) >= MOST:
            raise PortfolioFull
        position = others[-1].position + 1 if others else 0
        piece = cls(member_id=member_id, position=position, created_at=now, **words)
        piece._show(picture)
        db.session.add(piece)
        db.session.flush()
        touch("people")
        return piece

    def revise(self, *, picture: Picture | None = None, **words: str) -> None:
        """Say it in other words; with a picture, show that one from now on."""
        for name, value in words.items():
            setattr(self, name, value)
        self._show(picture)
        touch("people")

    def move(self, way: Literal["up", "down"]) -> None:
        """Change places with the piece before it or after it; at the end of the row it stays."""
        row = self.of(self.member_id)
        here = row.index(self)
        there = here - 1 if way == "up" else here + 1
        if 0 <= there < len(row):
            row[here], row[there] = row[there], row[here]
        for position, piece in enumerate(row):
            piece.position = position
        touch("people")

    def take_out(self) -> None:
        """Show it no longer; its picture is forgotten."""
        self._forget_picture()
        db.session.delete(self)
        touch("people")

    def take_picture_off(self) -> None:
        """Show it in words only."""
        self._forget_picture()
        self.picture, self.picture_width, self.picture_height, self.picture_alt = None, None, None, ""
        touch("people")

    def _show(self, picture: Picture | None) -> None:
        if picture is None:
            return
        self._forget_picture()
        self.picture, self.picture_width, self.picture_height = picture.name, picture.width, picture.height

    def _forget_picture(self) -> None:
        if self.picture:
            forget_picture.enqueue(name=self.picture)


@job("profiles.forget_picture")
def forget_picture(*, name: str) -> None:
    """Remove a picture's files, unless it is shown somewhere still: the same file given twice is one picture."""
    shown = select(
        exists().where(scoped(Member), Member.picture == name)
        | exists().where(scoped(PortfolioItem), PortfolioItem.picture == name)
    )
    if not db.session.scalar(shown):
        pictures.forget(current_tenant_id(), name)
