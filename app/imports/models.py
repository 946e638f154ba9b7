"""An import of a CSV file: every row is kept with what became of it, so that it can go on where it stopped."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.imports.guessing import Mapping, guess_mapping
from app.imports.sheets import Sheet
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, TenantRow, scoped, tenant_key


class AlreadyRunning(Conflict):
    message = _l("This list is on its way in already, so its columns stay as they are.")


class Import(TenantRow, Base):
    """One file on its way in: `mapped` once its columns are agreed, `running` while rows go in, `resting` while there is
    no room for them, `finished` at the end.
    """

    __tablename__ = "imports"
    __table_args__ = (
        tenant_key("started_by", "members"),
        CheckConstraint("kind IN ('gigs', 'members')", name="kind_known"),
        CheckConstraint(
            "state IN ('uploaded', 'mapped', 'running', 'resting', 'finished', 'failed')", name="state_known"
        ),
    )

    kind: Mapped[str]
    file_name: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="uploaded")
    columns: Mapped[list[str]] = mapped_column(server_default="{}")
    mapping: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    options: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    started_by: Mapped[UUID | None]
    total: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    @classmethod
    def of_sheet(cls, sheet: Sheet, *, kind: str, file_name: str, by: UUID, now: datetime) -> Self:
        """Return a new import that holds every row of the sheet, with a first guess at its columns."""
        one = cls(
            kind=kind,
            file_name=file_name,
            state="uploaded",
            columns=sheet.columns,
            mapping=guess_mapping(kind, sheet.columns, sheet.rows),
            options={},
            started_by=by,
            total=len(sheet.rows),
            created_at=now,
        )
        db.session.add(one)
        db.session.flush()
        db.session.execute(
            insert(ImportRow),
            [
                # The headings are row 1, as a spreadsheet program counts.
                {"import_id": one.id, "number": number, "cells": cells, "state": "waiting"}
                for number, cells in enumerate(sheet.rows, start=2)
            ],
        )
        return one

    def agree_columns(self, mapping: Mapping, options: dict[str, Any]) -> None:
        """Say which column fills what, and what holds for all rows.

        :raises AlreadyRunning: when rows are going in.
        """
        if self.state not in ("uploaded", "mapped"):
            raise AlreadyRunning
        self.mapping, self.options, self.state = dict(mapping), options, "mapped"

    def begin(self, *, by: UUID) -> None:
        """Let the rows go in. Whoever begins it brings them in.

        :raises AlreadyRunning: when they are, or have been.
        """
        if self.state != "mapped":
            raise AlreadyRunning
        self.state, self.started_by = "running", by

    def rest(self) -> None:
        """Wait: what would come next has no room yet."""
        self.state = "resting"
        record("rested", self, by=self.started_by, from_="running", to="resting", list=self.kind)

    def go_on(self) -> None:
        """Let the rows that wait go in after all."""
        self.state = "running"

    def finish(self, *, now: datetime) -> None:
        """Be done: no row waits any more."""
        self.state, self.finished_at = "finished", now
        record("imported", self, by=self.started_by, from_="running", to="finished", list=self.kind, **self.counts())

    @property
    def is_running(self) -> bool:
        return self.state == "running"

    @property
    def is_resting(self) -> bool:
        return self.state == "resting"

    @property
    def is_finished(self) -> bool:
        return self.state == "finished"

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what a row says, by target; an empty text where no column fills one."""
        return {key: cells[number] for key, number in self.mapping.items() if number < len(cells)}

    def counts(self) -> dict[str, int]:
        """Return how many rows are in each state."""
        counted = db.session.execute(
            select(ImportRow.state, func.count())
            .where(scoped(ImportRow), ImportRow.import_id == self.id)
            .group_by(ImportRow.state)
        )
        return dict(Counter({state: int(number) for state, number in counted}))

    def rows(self, *states: str, limit: int | None = None) -> list["ImportRow"]:
        """Return rows in any of `states`, in the order of the file."""
        return list(
            db.session.scalars(
                select(ImportRow)
                .where(scoped(ImportRow), ImportRow.import_id == self.id, ImportRow.state.in_(states))
                .order_by(ImportRow.number)
                .limit(limit)
            )
        )


class ImportRow(TenantLink, Base):
    """One row of the file and what became of it."""

    __tablename__ = "import_rows"
    __table_args__ = (
        tenant_key("import_id", "imports", ondelete="CASCADE"),
        CheckConstraint("state IN ('waiting', 'created', 'updated', 'unchanged', 'refused')", name="state_known"),
        Index("import_rows_state_idx", "tenant_id", "import_id", "state", "number"),
    )

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    cells: Mapped[list[str]]
    state: Mapped[str] = mapped_column(server_default="waiting")
    reason: Mapped[str] = mapped_column(server_default="")
    made_id: Mapped[UUID | None]

    def became(self, state: str, *, made_id: UUID | None = None, reason: str = "") -> None:
        """Note what came of this row."""
        self.state, self.made_id, self.reason = state, made_id, reason


def locked(import_id: UUID) -> Import | None:
    """Return a running import for whoever is to go on with it; None while somebody else does, or when it is over."""
    return db.session.scalars(
        select(Import)
        .where(scoped(Import), Import.id == import_id, Import.state == "running")
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).one_or_none()


def resting() -> list[Import]:
    """Return the imports that wait for room, locked, oldest first."""
    waiting = select(Import).where(scoped(Import), Import.state == "resting").order_by(Import.created_at)
    return list(db.session.scalars(waiting.with_for_update(skip_locked=True)))


def import_with(import_id: UUID) -> Import | None:
    """Return an import of the tenant in force, or None."""
    return db.session.get(Import, (current_tenant_id(), import_id))
