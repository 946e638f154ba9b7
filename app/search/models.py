"""What the search keeps beside the things themselves: narrow rows, made anew whenever those change."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink


class SearchEntry(TenantLink, Base):
    """Something that can be found: an open gig, an active member. `words` are its lexemes, weighted by where they stand, and
    the marks of whose search may find it (see `app.search.marks`).

    The application writes here as in any tenant's table. It reads through the view `searchable`, whose owner alone may look
    for words: under row-level security an index of words is out of reach.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        Index("search_entries_words_idx", "words", postgresql_using="gin"),
        # For words that so many say that the newest need no looking up.
        Index("search_entries_newest_idx", text("tenant_id"), text("kind"), text("fresh_at DESC")),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    fresh_at: Mapped[datetime]
    # Whether there is still something to apply for: what is full comes later.
    has_room: Mapped[bool] = mapped_column(server_default=text("true"))
    words: Mapped[str] = mapped_column(TSVECTOR)


class SearchWord(TenantLink, Base):
    """A word that the tenant has used, as it was written but for accents and case: what a mistyped one may have meant.

    It stays when the last that said it is gone: whatever is suggested is looked for first, as whoever asks.
    """

    __tablename__ = "search_words"

    # In the order of its bytes, so that words beginning alike stand together in any database.
    word: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
