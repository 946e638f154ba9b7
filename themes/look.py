"""A hall as its layouts show it."""

from markupsafe import Markup

from app.core.config import config
from tenants.context import TenantInfo
from tenants.links import origin
from themes.drawing import crest, pattern
from themes.icon import icon_url
from themes.presets import PRESETS
from themes.stylesheet import stylesheet_url


class Look:
    """A tenant's name and words with its drawings and the addresses of its theme; drawings are made when a page
    asks for them. On another host than the tenant's own (`at_home=False`) it has no icon there.
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
