"""Knowing which migrations there are without loading alembic."""

import pytest
from alembic.script import ScriptDirectory

from app.core import migrations


def test_it_reads_the_same_newest_revision_as_alembic():
    script = ScriptDirectory.from_config(migrations.alembic_config(""))
    assert migrations.heads() == set(script.get_heads())
    assert len(migrations.heads()) == 1


@pytest.mark.parametrize(
    ("files", "heads"),
    [
        ({}, set()),
        ({"a": None}, {"a"}),
        ({"a": None, "b": "'a'"}, {"b"}),
        ({"a": None, "b": '"a"', "c": '"a"'}, {"b", "c"}),
        ({"a": None, "b": '"a"', "c": '"a"', "d": '("b", "c")'}, {"d"}),
    ],
)
def test_the_newest_are_those_that_no_other_builds_upon(tmp_path, files, heads):
    for name, parents in files.items():
        (tmp_path / f"{name}.py").write_text(f'"""A."""\n\nrevision = "{name}"\ndown_revision = {parents}\n')
    assert migrations.heads(tmp_path) == heads


def test_a_new_database_has_none_applied(postgres_server, fresh_database):
    with postgres_server.connect(fresh_database.name) as connection:
        connection.execute("DROP TABLE alembic_version")
        assert migrations.applied_on(connection) == frozenset()
