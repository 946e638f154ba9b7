"""The form in which somebody vouches."""

from app.core.forms import Choice, Form, Paragraphs
from app.core.languages import lazy_gettext as _l
from app.vouching.models import RELATIONS


class VouchForm(Form):
    """How one knows somebody, and what one would say of them."""

    relation = Choice(
        _l("How do you know each other?"),
        options={name: said for name, (said, _read) in RELATIONS.items()},
        radios=True,
        required=_l("Choose what is nearest to it."),
    )
    text = Paragraphs(
        _l("What would you say to somebody who does not know them?"),
        min=20,
        max=600,
        required=_l("A sentence or two: what have you seen them do?"),
        hint=_l("They read it first and decide whether it is shown on their page, with your name."),
    )
