"""Rules that hold for the whole house: every route, template, enum, step and source line is walked."""

import ast
import enum
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from flask import Flask

from mediation.app import CAPABILITIES
from mediation.documents import composing
from mediation.kernel import states
from mediation.kernel.actor import Actor, Role
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.kernel.law import cite
from mediation.kernel.states import Step
from mediation.web import allow
from scripts import catalogue

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "mediation").rglob("*.py"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
MOST_LINES = 400
# Folders of templates that belong to no capability.
SHARED = {"_layouts", "_macros", "documents", "web"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(pattern: str) -> list[str]:
    """Dotted names of the modules of wired capabilities that fit the pattern."""
    found = [path for name in CAPABILITIES for path in sorted((ROOT / "mediation" / name).rglob(pattern))]
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found]


RULES = modules("rules.py")


def enums_of(module: ModuleType) -> list[type[enum.Enum]]:
    return [
        item
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, enum.Enum) and item.__module__ == module.__name__
    ]


def tables_of(module: ModuleType) -> Iterator[tuple[str, tuple[Step, ...]]]:
    """Every state table of a module: a tuple of steps under an upper-case name."""
    for name, item in vars(module).items():
        if name.isupper() and isinstance(item, tuple) and item and all(isinstance(step, Step) for step in item):
            yield name, item


TABLES = [
    pytest.param(steps, id=f"{name.split('.')[1]}.{table}")
    for name in RULES
    for table, steps in tables_of(importlib.import_module(name))
]


# --- routes ---------------------------------------------------------------------------------------------------------


def test_every_endpoint_is_in_the_allow_table_and_nothing_else_is(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints - set(allow.TABLE) == set(), "endpoints nobody may call"
    assert set(allow.TABLE) - endpoints == set(), "entries of the table without an endpoint"


def test_every_blueprint_is_named_as_its_folder(app: Flask) -> None:
    assert set(app.blueprints) == {"web", *CAPABILITIES}


def test_no_page_shows_itself_to_a_stranger(app: Flask) -> None:
    """Signed out, every endpoint that is not for anyone sends to the sign-in page or refuses; none fails."""
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if allow.TABLE.get(rule.endpoint) is allow.ANYONE:
            continue
        url = re.sub(r"<[^>]+>", "1", rule.rule)
        for method in sorted(rule.methods & {"GET", "POST"}):
            answer = client.open(url, method=method)
            assert answer.status_code in {302, 400, 401, 404}, f"{method} {url}: {answer.status_code}"
            if answer.status_code == 302:
                assert "/sign-in" in answer.location, f"{method} {url}: {answer.location}"


def test_addresses_are_kebab_case(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            fixed = re.sub(r"<[^>]+>", "", rule.rule)
            assert re.fullmatch(r"[a-z0-9/.-]*", fixed), rule.rule


# --- templates ------------------------------------------------------------------------------------------------------


def test_every_template_compiles(app: Flask) -> None:
    for environment, names in (
        (app.jinja_env, app.jinja_env.list_templates(filter_func=lambda name: not name.startswith("documents/"))),
        (composing.environment(), [relative(path)[10:] for path in TEMPLATES if "documents" in path.parts]),
    ):
        assert names
        for name in names:
            if name.endswith((".html", ".txt")):
                environment.get_template(name)


def test_every_folder_of_templates_is_a_capability() -> None:
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert folders - SHARED - {path.name for path in (ROOT / "mediation").iterdir() if path.is_dir()} == set()


def test_every_template_that_the_code_names_is_there() -> None:
    for path in SOURCES:
        for name in re.findall(r"[\"']([a-z_]+/[a-z_/]+\.(?:html|txt))[\"']", path.read_text(encoding="utf-8")):
            assert (ROOT / "templates" / name).exists(), f"{relative(path)} names {name}"


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_escapes_everything_and_holds_nothing_inline(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", source)
    source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", source, flags=re.DOTALL)
    if "documents" not in path.parts:
        assert not re.search(r"<style|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:", source)
        assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")", source)


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RULES)
def test_every_member_of_every_enum_has_words(name: str) -> None:
    module = importlib.import_module(name)
    kinds = enums_of(module)
    if not kinds:
        return
    labels = importlib.import_module(name.removesuffix("rules") + "labels")
    for kind in kinds:
        table = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).upper()
        assert hasattr(labels, table), f"{labels.__name__} has no {table}"
        words = getattr(labels, table)
        assert set(words) >= set(kind), f"{table}: no words for {set(kind) - set(words)}"


def test_catalogues_are_complete(capsys: pytest.CaptureFixture[str]) -> None:
    code = catalogue.check([])
    assert code == 0, capsys.readouterr().err


# --- law and states -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", TABLES)
def test_every_step_cites_a_rule_and_an_article_that_exists(steps: tuple[Step, ...]) -> None:
    for step in steps:
        assert step.rule, step.name
        assert cite(step.article), step.name


@pytest.mark.parametrize("steps", TABLES)
def test_the_table_decides_every_status_and_step(steps: tuple[Step, ...]) -> None:
    """For each pair: the step happens, or it is refused because of the state, or because of the person."""
    names = [step.name for step in steps]
    assert len(names) == len(set(names))
    kind = type(steps[0].target)
    everyone = Actor(1, 1, frozenset(Role), mediator_id=1, organisation_id=1)
    nobody = Actor(2, 2)
    for step in steps:
        assert type(step.target) is kind, step.name
        for status in kind:
            facts = _Facts(status)
            assert (step.name in states.available(steps, everyone, facts)) == (
                status in step.sources and step.allowed(everyone, facts)
            )
            if status not in step.sources:
                with pytest.raises((IllegalStep, NotPermitted)):
                    states.check(steps, step.name, everyone, facts)
            if not step.allowed(nobody, facts):
                with pytest.raises(NotPermitted):
                    states.check(steps, step.name, nobody, facts)


@pytest.mark.parametrize("steps", TABLES)
def test_no_step_is_open_to_a_person_of_another_court_without_roles(steps: tuple[Step, ...]) -> None:
    stranger = Actor(2, 2)
    for step in steps:
        assert not any(step.allowed(stranger, _Facts(status)) for status in step.sources), step.name


class _Facts(SimpleNamespace):
    """A record of court 1 in some state, whatever else a rule may ask of it: every other fact is 1."""

    def __init__(self, status: enum.StrEnum) -> None:
        super().__init__(status=status, court_id=1)

    def __getattr__(self, name: str) -> int:
        return 1


def test_cited_articles_of_refusals_exist() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "article" and isinstance(node.value, ast.Constant):
                assert node.value.value == "" or cite(node.value.value), f"{relative(path)}:{node.lineno}"


# --- source ---------------------------------------------------------------------------------------------------------


def test_rules_load_without_the_web_or_the_database() -> None:
    code = (
        f"import sys, importlib; [importlib.import_module(name) for name in {RULES!r}];"
        "print({'flask', 'sqlalchemy', 'wtforms', 'flask_babel'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == "set()"


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_source_file(path: Path) -> None:
    """Short enough to read, and none of the ways around escaping and binding."""
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rsplit(".", 1)[-1]
            assert name not in {"render_template_string", "eval", "exec"}, f"line {node.lineno}: {name}"
            if name in {"text", "Markup"} and node.args:
                assert is_written_out(node.args[0]), f"line {node.lineno}: {name} of a computed string"


def is_written_out(node: ast.expr) -> bool:
    """A literal, or a constant of the module: nothing that a person typed can be in it."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def test_nothing_names_the_machine_it_was_written_on() -> None:
    """The files of the repository hold no absolute path of a working place."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    pattern = re.compile("/" + "work/|/" + "tmp/" + "|/root" + r"\b")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if (
            path.suffix in {".py", ".html", ".md", ".cfg", ".toml", ".sh", ".css", ".js", ".json", ".txt", ""}
            and path.is_file()
        ):
            found = pattern.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert not found or name == "tests/test_architecture.py", f"{name}: {found and found.group()}"


def test_every_capability_is_under_the_import_rules() -> None:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg")
    inside = settings["importlinter:contract:inside"]["containers"].split()
    assert {f"mediation.{name}" for name in CAPABILITIES} <= set(inside)


def test_locks_agree() -> None:
    """The system is tested with the very versions it is run with."""

    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9._-]+==[^ \n]+", (ROOT / "requirements" / name).read_text(), re.MULTILINE))

    assert pins("run.txt") <= pins("test.txt")


# --- documentation --------------------------------------------------------------------------------------------------


def glossary() -> list[list[str]]:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if row[1].startswith("`")]


@pytest.mark.parametrize("row", glossary(), ids=lambda row: row[1])
def test_glossary_names_what_exists(row: list[str]) -> None:
    """The names are in the code, and the articles in the law."""
    assert pkgutil.resolve_name("mediation." + row[1].strip("`")) is not None
    assert row[0]
    assert row[3] == "" or cite(row[3])
