"""What a leader decides of the look."""

from app.core import pictures
from app.core.forms import Choice, File, Form, Hidden, Paragraphs, Switch, Text, WholeNumber
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.joining.choices import preset_labels
from app.looks.models import HallPicture
from app.looks.queries import hall_picture
from themes.oklch import HEX_COLOUR

PAGES = {"front": _l("The front page"), "gigs": _l("The open gigs"), "people": _l("The people")}


class LookForm(Form):
    """One preset, one colour, two sentences and two pictures; everything else is derived.

    A picture that was sent before stands in `logo_kept` or `cover_kept` by its name, since a browser forgets the file that
    was chosen. `seen` is the number of the version that was looked at.
    """

    preset = Choice(_l("Style"), options=preset_labels, radios=True, required=True)
    brand_colour = Text(
        _l("Brand colour"),
        max=7,
        required=True,
        hint=_l("Any colour: the rest of the palette is made readable around it."),
        attributes={"type": "color"},
    )
    tagline = Text(
        _l("One sentence about it"), max=140, hint=_l("The large words of the front page, and of links to it.")
    )
    welcome = Paragraphs(
        _l("Words of welcome"), max=4000, hint=_l("Shown to members on the front page. Markdown works.")
    )
    logo = File(
        _l("Logo"),
        biggest=pictures.BIGGEST,
        kinds=pictures.KINDS,
        hint=_l("Stands in place of the crest that is drawn for you. PNG, JPEG or WebP, up to 12 MB."),
    )
    cover = File(
        _l("Cover"),
        biggest=pictures.BIGGEST,
        kinds=pictures.KINDS,
        hint=_l("A picture for the front page, in place of the pattern; 1600 pixels wide look best."),
    )
    logo_kept = Hidden(_l("Logo"), max=32)
    cover_kept = Hidden(_l("Cover"), max=32)
    logo_gone = Switch(_l("Take the logo off; the crest comes back"))
    cover_gone = Switch(_l("Take the cover off; the pattern comes back"))
    page = Choice(_l("Show"), options=PAGES)
    seen = WholeNumber(_l("Version"), least=0, most=1_000_000)

    def check(self) -> None:
        colour = self.brand_colour.data = self.brand_colour.data.lower()
        if not HEX_COLOUR.fullmatch(colour):
            self.refuse("brand_colour", _("Write the colour as # and six digits, like #a8322a."))

    def take_in(self, role: str, picture: HallPicture) -> None:
        """Remember the picture that was sent as a file, also where the page is shown again."""
        self[f"{role}_kept"].data = self[f"{role}_kept"].kept = picture.name
        self[f"{role}_gone"].data = False

    def kept(self, role: str) -> HallPicture | None:
        """Return the `logo` or `cover` that this form shows, or None where there is none or it is to go."""
        name = self[f"{role}_kept"].data
        return hall_picture(role, name) if name and not self[f"{role}_gone"].data else None


class Restoration(Form):
    """The version to go back to, and the one that was looked at."""

    number = WholeNumber(_l("Version"), least=1, most=1_000_000, required=True)
    seen = WholeNumber(_l("Version in use"), least=0, most=1_000_000)
