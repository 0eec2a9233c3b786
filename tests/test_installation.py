"""The commands of an installation: what they do, and what they say when they cannot."""

import pytest
import sqlalchemy as sa

from mediation.accounts.models import Court, User
from mediation.kernel import audit
from mediation.kernel.db import db
from tests.conftest import make_app

INIT = ("init", "--court", "鲁0104", "--name", "演示法院", "--centre", "演示中心", "--preset", "opinions-2025")
ADD = ("user", "add", "neu", "--name", "新", "--role", "clerk", "--court", "鲁0102")
# Every command that needs the database, as it is called.
COMMANDS = (
    INIT, ADD, ("user", "list"), ("user", "password", "neu"), ("user", "disable", "neu"), ("audit", "verify"), ("daily",),
    ("documents", "produce"), ("documents", "verify"),
)  # fmt: skip


@pytest.fixture
def run(fresh_app):
    """Runs a command; `status` is what it must end with."""

    def command(*words, status=0):
        db.session.rollback()
        answer = fresh_app.test_cli_runner().invoke(args=list(words))
        assert answer.exit_code == status, (words, answer.output, answer.exception)
        assert "Traceback" not in answer.output
        return answer.output

    return command


def other(words, option, value):
    """The same command with another value for an option."""
    place = words.index(option) + 1
    return (*words[:place], value, *words[place + 1 :])


def test_an_account_is_opened_given_a_new_password_and_closed_once(run):
    first = run(*ADD).split()[-1]
    assert "already" in run(*ADD, status=2)
    assert run("user", "password", "neu").split()[-1] != first
    run("user", "disable", "neu")
    assert "closed already" in run("user", "disable", "neu", status=2)
    assert "closed" in run("user", "list")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (other(ADD, "--court", "鲁9999"), "no court 鲁9999: name one of 鲁0102"),
        (ADD[:-2], "Several courts are installed: name one of 鲁0102"),
        (other(ADD, "--role", "emperor"), "emperor"),
        ((*ADD, "--role", "audit_admin"), ""),
        (other(ADD, "--name", " "), "name"),
        (other(ADD, "add", "nicht gut"), "no sign-in name"),
        (("user", "add", "neu"), "--name"),
        (("user", "password", "niemand"), "no account niemand"),
        (("user", "disable", "niemand"), "no account niemand"),
        (INIT[:-2], "--preset"),
        (other(INIT, "--preset", "1999"), "1999"),
        (other(INIT, "--court", "鲁0102"), "installed already"),
        (other(INIT, "--court", "LX-1"), "one looks like 鲁0102"),
        (other(INIT, "--name", " "), "need names"),
        ((*INIT, "--opened", "31.2.2026"), "31.2.2026"),
        ((*INIT, "--opened", "2026-02-31"), "2026-02-31"),
        ((*INIT, "--opened", "2999-01-01"), "future"),
        (("demo",), "demonstration mode"),
        (("nonsense",), "nonsense"),
    ],
    ids=lambda given: " ".join(given)[-40:] if isinstance(given, tuple) else "",
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing(run, words, said):
    before = (
        db.session.scalar(sa.select(sa.func.count()).select_from(User)),
        db.session.scalar(sa.select(sa.func.count()).select_from(Court)),
    )
    assert said in run(*words, status=2)
    assert before == (
        db.session.scalar(sa.select(sa.func.count()).select_from(User)),
        db.session.scalar(sa.select(sa.func.count()).select_from(Court)),
    )


def test_a_court_is_installed_once(run):
    assert "演示法院 is installed" in run(*INIT)
    assert "nothing was changed" in run(*INIT, status=2)
    assert list(audit.verify()) == []


def broken(tmp_path, kind):
    """An installation whose database is not in order."""
    path = tmp_path / "court.sqlite"
    if kind == "no folder":
        path = tmp_path / "nowhere" / "court.sqlite"
    elif kind == "no database":
        path.write_text(
            "this is no database, only some text that is long enough to be looked at as if it were one " * 20
        )
    elif kind == "no server":
        return make_app("postgresql+psycopg://nobody:nothing@127.0.0.1:1/court?connect_timeout=2")
    return make_app(f"sqlite:///{path}")


SAID = {
    "no folder": "cannot be opened",
    "no tables": "db upgrade",
    "no database": "not a database",
    "no server": "does not answer",
}


@pytest.mark.parametrize("kind", sorted(SAID))
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_database_that_is_not_in_order_is_named(tmp_path, kind, words):
    answer = broken(tmp_path, kind).test_cli_runner().invoke(args=list(words))
    assert answer.exit_code == 2, (answer.output, answer.exception)
    assert SAID[kind] in answer.output
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("kind", sorted(SAID))
def test_the_doctor_names_it_too(tmp_path, kind):
    answer = broken(tmp_path, kind).test_cli_runner().invoke(args=["doctor"])
    assert answer.exit_code == 1, (answer.output, answer.exception)
    assert SAID[kind] in answer.output


def test_the_trail_of_an_empty_installation_is_not_called_whole(tmp_path):
    empty = make_app(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with empty.app_context():
        db.metadata.create_all(db.engine)
    for words in (("audit", "verify"), ("daily",), ADD):
        answer = empty.test_cli_runner().invoke(args=list(words))
        assert answer.exit_code == 2
        assert "No court is installed yet" in answer.output


def test_a_database_that_may_only_be_read_is_named(tmp_path):
    path = tmp_path / "court.sqlite"
    with make_app(f"sqlite:///{path}").app_context():
        db.metadata.create_all(db.engine)
        db.engine.dispose()
    answer = make_app(f"sqlite:///file:{path}?mode=ro&uri=true").test_cli_runner().invoke(args=list(INIT))
    assert answer.exit_code == 2, (answer.output, answer.exception)
    assert "not written" in answer.output
