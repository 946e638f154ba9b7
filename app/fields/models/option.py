"""The choices of a field, and what leaders do with them: call one otherwise, make two of them one, offer it no more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, UniqueConstraint, delete, exists, select, update
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.core.database import Base, db
from app.fields.failures import OptionTaken, SameOption
from app.fields.models.answer import GigFieldValue
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.versions import touch


class FieldOption(TenantRow, Base):
    """One of the choices of a field. Gigs hold its id: called otherwise, it stays what they chose."""

    __tablename__ = "field_options"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("field_id", "category_fields", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "field_id", "slug"),
        # What a gig chose is a choice of that very field.
        UniqueConstraint("tenant_id", "field_id", "id"),
    )

    field_id: Mapped[UUID]
    slug: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    retired_at: Mapped[datetime | None]

    def rename(self, name: str) -> None:
        """Call it otherwise; what chose it still does.

        :raises OptionTaken: when another choice is called that.
        """
        others = select(FieldOption).where(
            scoped(FieldOption), FieldOption.field_id == self.field_id, FieldOption.id != self.id
        )
        if any(one.name.casefold() == name.casefold() for one in db.session.scalars(others)):
            raise OptionTaken
        self.name = name

    def merge(self, into: "FieldOption") -> None:
        """Let all that chose it have chosen `into`, once each; it is gone then.

        :raises SameOption: when that is no other choice of the same field.
        """
        if into.id == self.id or into.field_id != self.field_id:
            raise SameOption
        values, other = GigFieldValue, aliased(GigFieldValue)
        has_both = exists().where(
            scoped(other), other.gig_id == values.gig_id, other.field_id == values.field_id, other.option_id == into.id
        )
        here = (scoped(values), values.field_id == self.field_id, values.option_id == self.id)
        without = {"synchronize_session": False}
        db.session.execute(delete(values).where(*here, has_both), execution_options=without)
        db.session.execute(update(values).where(*here).values(option_id=into.id), execution_options=without)
        db.session.delete(self)
        db.session.flush()
        touch("gigs")

    def retire(self, *, now: datetime) -> None:
        """Offer it no more; what chose it still shows it."""
        self.retired_at = self.retired_at or now

    def restore(self) -> None:
        """Offer it again."""
        self.retired_at = None
