"""Installing a court and keeping its accounts from the command line."""

from mediation.cli import demonstration


def test_a_first_account_is_opened_and_closed(fresh_app):
    runner = fresh_app.test_cli_runner()
    made = runner.invoke(args=["user", "add", "neu", "--name", "新", "--role", "clerk", "--court", "鲁0102"])
    assert made.exit_code == 0, made.output
    assert (
        runner.invoke(args=["user", "add", "neu", "--name", "新", "--role", "clerk", "--court", "鲁0102"]).exit_code
        == 1
    )
    both = ["user", "add", "zwei", "--name", "二", "--role", "audit_admin", "--role", "clerk", "--court", "鲁0102"]
    assert runner.invoke(args=both).exit_code == 1
    assert runner.invoke(args=["user", "password", "neu"]).exit_code == 0
    assert runner.invoke(args=["user", "disable", "neu"]).exit_code == 0
    assert "closed" in runner.invoke(args=["user", "list"]).output
    assert demonstration.CODE == "鲁0102"


def test_a_court_is_installed_once_and_the_preset_is_named(fresh_app):
    runner = fresh_app.test_cli_runner()
    told = ["init", "--court", "鲁0104", "--name", "演示法院", "--centre", "演示中心"]
    assert runner.invoke(args=told).exit_code == 2
    assert runner.invoke(args=[*told, "--preset", "opinions-2025"]).exit_code == 0
    assert runner.invoke(args=[*told, "--preset", "opinions-2025"]).exit_code == 1
