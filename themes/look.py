"""A hall as its layouts show it."""

from markupsafe import Markup

from app.core.config import config
from tenants.context import TenantInfo
from tenants.links import origin
from themes.drawing import crest, pattern
from themes.icon import icon_url
from themes.identity import DRAWN, drawn_url
from themes.manifest import manifest_url
from themes.presets import PRESETS
from themes.stylesheet import stylesheet_url
from themes.theme import theme
from themes.uploads import Shown, mark_of, shown_cover, shown_logo


class Look:
    """A tenant's name and words with its drawings and the addresses of its theme; drawings are made when a page
    asks for them. On another host than the tenant's own (`at_home=False`) it has no icon there, and no uploaded pictures.
    """

    def __init__(self, tenant: TenantInfo, *, at_home: bool = True) -> None:
        self.tenant = tenant
        self.name = tenant.name
        self.tagline = tenant.tagline
        self._at_home = at_home

    @property
    def has_memberships(self) -> bool:
        """Whether pages lead to memberships."""
        return self.tenant.has_memberships

    @property
    def stylesheet_url(self) -> str:
        return stylesheet_url(self.tenant.preset, self.tenant.brand_colour)

    @property
    def icon_url(self) -> str | None:
        """Where the icon of the browser's tab is: the logo's where there is one that can be one, else the crest's."""
        if not self._at_home:
            return None
        elif mark_of(self.tenant.logo):
            return drawn_url("icon-64", self.tenant)
        else:
            return icon_url(self.name, self.tenant.brand_colour)

    @property
    def is_at_home(self) -> bool:
        """Whether the page is the hall's own; then it has icons, a manifest and a picture for links."""
        return self._at_home

    @property
    def touch_icon_url(self) -> str:
        return drawn_url("touch-180", self.tenant)

    @property
    def manifest_url(self) -> str:
        return manifest_url(self.tenant)

    @property
    def paper(self) -> tuple[str, str]:
        """The page's colour by day and by night, for the frame that a browser draws around it."""
        look = theme(self.tenant.preset, self.tenant.brand_colour)
        return (look.palette.dark if look.is_dark_first else look.palette.light)["paper"], look.palette.dark["paper"]

    @property
    def is_public(self) -> bool:
        """Whether strangers may know more of it than its name."""
        return self.tenant.who_may_see == "anyone"

    @property
    def origin(self) -> str:
        """Where its pages are, without a path."""
        return origin(self.tenant.host)

    @property
    def social_picture(self) -> tuple[str, int, int]:
        """The whole address of the picture that stands beside a link to it, its width and its height."""
        return self.origin + drawn_url("social", self.tenant), *DRAWN["social"]

    @property
    def platform_url(self) -> str:
        return origin(config().platform_host)

    @property
    def crest(self) -> Markup:
        return crest(self.name)

    @property
    def pattern(self) -> Markup:
        return pattern(self.name, PRESETS[self.tenant.preset].pattern)

    @property
    def logo(self) -> Shown | None:
        """What stands in place of the crest, if a leader brought it."""
        return shown_logo(self.tenant.logo) if self._at_home else None

    @property
    def cover(self) -> Shown | None:
        """What stands in place of the pattern on the front page, if a leader brought it."""
        return shown_cover(self.tenant.cover) if self._at_home else None
