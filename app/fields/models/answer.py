"""What a gig answered to what its category asks."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, tenant_key


class GigFieldValue(TenantLink, Base):
    """What a gig answered to a field: one row, of several choices one each. Exactly one of its columns holds it; numbers are
    hundredths, links are words.
    """

    __tablename__ = "gig_field_values"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("field_id", "category_fields"),
        ForeignKeyConstraint(
            ["tenant_id", "field_id", "option_id"],
            ["field_options.tenant_id", "field_options.field_id", "field_options.id"],
        ),
        CheckConstraint("num_nonnulls(words, number, day, option_id, digest) = 1", name="one_answer"),
        CheckConstraint("(digest IS NULL) = (file_name IS NULL)", name="files_have_names"),
        Index(
            "gig_field_values_number_idx",
            "tenant_id",
            "field_id",
            "number",
            "gig_id",
            postgresql_where=text("number IS NOT NULL"),
        ),
        Index(
            "gig_field_values_day_idx",
            "tenant_id",
            "field_id",
            "day",
            "gig_id",
            postgresql_where=text("day IS NOT NULL"),
        ),
        Index(
            "gig_field_values_option_idx",
            "tenant_id",
            "field_id",
            "option_id",
            "gig_id",
            postgresql_where=text("option_id IS NOT NULL"),
        ),
    )

    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    field_id: Mapped[UUID] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    words: Mapped[str | None]
    number: Mapped[int | None] = mapped_column(BigInteger)
    day: Mapped[date | None]
    option_id: Mapped[UUID | None]
    digest: Mapped[str | None]
    file_name: Mapped[str | None]
    file_type: Mapped[str | None]
    file_size: Mapped[int | None] = mapped_column(Integer)
