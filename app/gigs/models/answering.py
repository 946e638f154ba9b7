"""What a gig answers to the fields of its category."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.core.database import db
from app.fields.carrying import carry
from app.fields.queries import these_fields
from app.fields.values import Values, set_values, values_of


class Answering:
    """Answers are changed along with the columns of a gig, and wait for review as its terms do."""

    id: UUID

    def differing_answers(self, answers: Values) -> Values:
        """Return those of some answers that are not what the gig answered before."""
        if not answers:
            return {}
        before = values_of(self.id)
        return {field_id: value for field_id, value in answers.items() if before.get(field_id) != value}

    def reviewed_answers(self, answers: Values) -> Values:
        """Return those of some answers that whoever reviews the gig may see: what an agreement reveals is no leader's."""
        if not answers:
            return {}
        hidden = {field.id for field in these_fields(answers) if field.visibility == "agreement"}
        return {field_id: value for field_id, value in answers.items() if field_id not in hidden}

    def answer(self, changes: Mapping[str, Any]) -> None:
        """Take over what changes: in another category first what that asks as well, then the answers given."""
        if "category_id" in changes:
            db.session.flush()
            carry([self.id], into=changes["category_id"])
        if changes.get("fields"):
            db.session.flush()
            set_values(self.id, changes["fields"])
