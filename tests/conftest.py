"""What every test may ask for."""

pytest_plugins = ["tests.database", "tests.app_fixtures", "tests.outbox", "tests.site_fixtures"]
