"""How the words of a language are brought to their stems: PostgreSQL's own dictionaries, by the tenant's language."""

from tenants.context import current_tenant

CONFIGURATIONS = {"en": "english", "de": "german", "es": "spanish", "ar": "arabic"}
OTHERWISE = "simple"


def configuration() -> str:
    """Return the name of the text search configuration for the tenant in force."""
    return CONFIGURATIONS.get(current_tenant().locale, OTHERWISE)
