"""What a category's fields refuse."""

from app.core.errors import Conflict, Invalid, NotFound
from app.core.languages import lazy_gettext as _l

#: How many a category may ask at once: a longer form is filled in by nobody.
MOST_FIELDS = 20
MOST_OPTIONS = 60


class NoSuchField(NotFound):
    message = _l("There is no such field here.")


class TooManyFields(Conflict):
    message = _l("A category asks %(most)s things at most. Retire one that nobody misses.", most=MOST_FIELDS)


class WouldReveal(Conflict):
    message = _l(
        "People answered this on the understanding that fewer would see it. Retire it, and ask anew for more to see."
    )


class FieldTaken(Conflict):
    message = _l("Another field of this category is called that.")


class OptionTaken(Conflict):
    message = _l("Another choice is called that. Merge the two instead.")


class SameOption(Invalid):
    message = _l("Choose another one.")


class TooManyOptions(Conflict):
    message = _l("A list has %(most)s choices at most.", most=MOST_OPTIONS)
