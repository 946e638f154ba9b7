"""What every test may ask for."""

from hypothesis import settings

pytest_plugins = [
    "tests.database",
    "tests.app_fixtures",
    "tests.at_once",
    "tests.outbox",
    "tests.money_fixtures",
    "tests.demo_fixtures",
    "tests.site_fixtures",
    "tests.waiting_outside",
]

# A busy machine is no reason to fail: what must be quick is measured in processor time, in tests of its own.
settings.register_profile("guildhall", deadline=None)
settings.load_profile("guildhall")
