"""The environment is read once, and what cannot work is refused with what to set."""

import stat

import pytest

from app.core.config import Config, Misconfigured

SERVER = {"DATABASE_URL": "postgresql://guildhall_app@db/guildhall", "SECRET_KEY": "a secret"}


def read(tmp_path, **given):
    return Config.from_env({"VAR_DIR": str(tmp_path), **given})


def test_an_empty_environment_is_development_on_this_machine(tmp_path):
    config = read(tmp_path)
    assert config.development
    assert config.embeds_postgres
    assert config.seed_demo
    assert config.authority == "localhost:8000"


def test_a_database_of_its_own_means_production(tmp_path):
    config = read(tmp_path, **SERVER)
    assert not config.development
    assert not config.embeds_postgres
    assert not config.seed_demo


def test_production_refuses_to_start_without_a_secret(tmp_path):
    with pytest.raises(Misconfigured, match="SECRET_KEY is missing"):
        read(tmp_path, DATABASE_URL=SERVER["DATABASE_URL"])
    assert not (tmp_path / "secret-key").exists()


def test_developments_secret_outlives_a_restart_and_is_nobody_elses(tmp_path):
    assert read(tmp_path).secret_key == read(tmp_path).secret_key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert len(read(tmp_path).secret_key) >= 48


@pytest.mark.parametrize(
    ("given", "authority"),
    [
        ({"PORT": "8100"}, "localhost:8100"),
        ({"PORT": "8100", "PUBLIC_PORT": "80"}, "localhost"),
        ({**SERVER, "PLATFORM_HOST": "Guildhall.Example."}, "guildhall.example"),
        (
            {**SERVER, "PLATFORM_HOST": "guildhall.example", "SCHEME": "https", "PUBLIC_PORT": "8443"},
            "guildhall.example:8443",
        ),
        (
            {**SERVER, "PLATFORM_HOST": "guildhall.example", "SCHEME": "https", "PUBLIC_PORT": "443"},
            "guildhall.example",
        ),
    ],
)
def test_links_carry_a_port_only_when_it_is_needed(tmp_path, given, authority):
    assert read(tmp_path, **given).authority == authority


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/guildhall"),
        ("PORT", "eight"),
        ("PORT", "-1"),
        ("PORT", "70000"),
        ("SCHEME", "gopher"),
        ("DEVELOPMENT", "perhaps"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, name, value):
    with pytest.raises(Misconfigured, match=name):
        read(tmp_path, **{name: value})


def test_secrets_do_not_show_when_the_settings_are_printed(tmp_path):
    config = read(tmp_path, **{**SERVER, "SMTP_URL": "smtp://me:hidden@mail"})
    assert "hidden" not in repr(config)
    assert SERVER["SECRET_KEY"] not in repr(config)
    assert "guildhall_app" not in repr(config)


def test_the_short_scheme_that_some_hosts_give_is_understood(tmp_path):
    config = read(tmp_path, **{**SERVER, "DATABASE_URL": "postgres://guildhall_app@db/guildhall"})
    assert config.database_url == SERVER["DATABASE_URL"]
