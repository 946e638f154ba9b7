"""A hall as its layouts show it."""

from markupsafe import Markup

from app.core.config import config
from tenants.context import TenantInfo
from tenants.links import origin
from themes.drawing import crest, pattern
from themes.icon import icon_url
from themes.presets import PRESETS
from themes.stylesheet import stylesheet_url
from themes.uploads import Shown, shown_cover, shown_logo


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
    def stylesheet_url(self) -> str:
        return stylesheet_url(self.tenant.preset, self.tenant.brand_colour)

    @property
    def icon_url(self) -> str | None:
        return icon_url(self.name, self.tenant.brand_colour) if self._at_home else None

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
