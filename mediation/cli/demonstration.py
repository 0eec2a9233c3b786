"""The demonstration court: the rooms, bodies and people of DOMAIN appendix C with fictional names, and disputes in many states."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask_migrate import upgrade

from mediation.accounts import labels as account_words
from mediation.accounts import services as accounts
from mediation.accounts.models import Court
from mediation.cli import lists
from mediation.cli.history.load import load
from mediation.cli.installation import install
from mediation.cli.plot import STORIES, tell
from mediation.cli.refusing import Command, Refused
from mediation.cli.stories import NUMERALS, PASSWORD
from mediation.documents import sealdemo, workshop
from mediation.kernel import audit, clock, keys
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.db import db, transaction
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation
from mediation.roster.rules import Category, OrganisationKind
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import ResourceKind
from mediation.web.registry import Registry

CODE, NAME, CENTRE = "鲁0102", "济南市历下区人民法院", "济南市历下区诉调对接中心"

PEOPLE = (
    ("clerk", "演示立案员", Role.CLERK), ("triage", "演示分流员", Role.TRIAGE), ("guide", "演示指导法官", Role.GUIDING_JUDGE),
    ("fasttrack", "演示速裁法官", Role.FAST_TRACK_JUDGE), ("judge", "演示确认法官", Role.CONFIRMATION_JUDGE),
    ("president", "演示院长", Role.PRESIDENT), ("system", "演示系统管理员", Role.SYSTEM_ADMIN),
    ("security", "演示安全管理员", Role.SECURITY_ADMIN), ("audit", "演示审计管理员", Role.AUDIT_ADMIN),
)  # fmt: skip
BODIES = (
    ("历下区人民调解委员会", OrganisationKind.PEOPLES_COMMITTEE), ("济南市医患纠纷调解委员会", OrganisationKind.PEOPLES_COMMITTEE),
    ("济南市保险业协会", OrganisationKind.INDUSTRY), ("泉城公证处", OrganisationKind.NOTARY),
    ("演示物业纠纷调解中心", OrganisationKind.INDUSTRY), ("演示消费纠纷调解中心", OrganisationKind.ADMINISTRATIVE),
    ("演示街道综治中心", OrganisationKind.GOVERNANCE_CENTRE),
)  # fmt: skip
INVITED = (
    "人大代表", "政协委员", "人民调解员", "人民调解员", "仲裁员", "仲裁员", "公证员", "公证员", "医疗专家", "金融专家", "保险专家",
    "电视台主持人",
)  # fmt: skip
# Of the invited: whose certificate ran out, and who still waits to be admitted.
RUN_OUT, CANDIDATE = 20, 21


def make_court() -> Court:
    """Court, rooms, tribunals, streets, bodies, mediators and accounts."""
    court = install(
        code=CODE, name=NAME, centre=CENTRE, preset="story-2019", opened=date(2017, 6, 1), address="演示路1号", phone="0531-00000000"
    )  # fmt: skip
    actor = system(court.id)
    with transaction():
        _rooms(actor)
        roster.create_street(actor, name="东关街道")
        above = roster.create_street(actor, name="建筑新村街道")
        roster.create_street(actor, name="和平新村社区", parent=above)
        bodies = [roster.create_organisation(actor, name=n, kind=k, agreement_on=date(2017, 6, 1)) for n, k in BODIES]
        mediators = _mediators(actor, bodies)
        _accounts(actor, mediators, bodies[0])
        lists.prepare(actor)
    return court


def _rooms(actor: Actor) -> None:
    for kind, code, name, number in (
        (ResourceKind.ROOM, "ROOM", "第{}调解室", 7),
        (ResourceKind.TRIBUNAL, "TRIB", "第{}速裁法庭", 3),
    ):
        for n in range(1, number + 1):
            place = Resource(
                court_id=actor.court_id, kind=kind, code=f"{code}-{n}", name=name.format("一二三四五六七"[n - 1])
            )
            audit.record(actor, "create", place)


def _mediators(actor: Actor, bodies: list[Organisation]) -> list[Mediator]:
    strengths = ("4.10", "10.35", "4.10.126", "3.6", "7.19")
    made = []
    kinds: list[tuple[Category, str, Organisation | None]]
    kinds = [(Category.RESIDENT_PEOPLES, "人民调解员", bodies[0])] * 5 + [
        (Category.RESIDENT_INVITED, "退休法律工作者", None)
    ] * 5
    kinds += [
        (Category.INVITED, background, bodies[n % len(bodies)] if n % 3 == 0 else None)
        for n, background in enumerate(INVITED)
    ]
    titles = {
        Category.RESIDENT_PEOPLES: "演示人民调解员",
        Category.RESIDENT_INVITED: "演示特邀调解员",
        Category.INVITED: "演示名册调解员",
    }
    counts: dict[Category, int] = {}
    for n, (category, profession, body) in enumerate(kinds, 1):
        position = counts[category] = counts.get(category, 0) + 1
        made.append(
            roster.create_mediator(
                actor,
                name=f"{titles[category]}{NUMERALS[position - 1]}",
                category=category,
                profession=profession,
                organisation=body,
                certificate_no=f"LX-{n:03d}",
                certificate_expires_on=_expires(n),
                candidate=n == CANDIDATE,
                strengths=[strengths[n % len(strengths)]],
                phone=f"1390000{n:04d}",
            )
        )
    return made


def _expires(n: int) -> date:
    """A certificate ran out some weeks ago and was not renewed (S4 art. 5)."""
    return clock.today() - timedelta(days=20) if n == RUN_OUT else date(2029, 12, 31)


def _accounts(actor: Actor, mediators: list[Mediator], body: Organisation) -> None:
    hashed = accounts.hasher.hash(PASSWORD)
    told: dict[str, Any] = {"password": hashed, "hashed": True, "must_change": False}
    for login, name, role in PEOPLE:
        accounts.create_user(
            actor, login=login, name=name, roles={role}, person_key=keys.keyed_hash("id", login), **told
        )
    for n, mediator in enumerate(mediators, 1):
        accounts.create_user(
            actor, login=f"mediator{n}", name=mediator.name, roles={Role.MEDIATOR}, mediator_id=mediator.id,
            person_key=mediator.person_key, **told,
        )  # fmt: skip
    accounts.create_user(
        actor, login="committee", name="演示调委会", roles={Role.ORGANISATION}, organisation_id=body.id, **told
    )


@dataclass(frozen=True)
class SignIn:
    """One line of the table of sign-ins."""

    role: Any
    login: str
    password: str
    page: Any


def sign_ins(app: Flask) -> list[SignIn]:
    """Who can sign in to the demonstration: role, name, password, and the page each one starts from."""
    registry: Registry = app.extensions["mediation"]
    places = {item.endpoint: item.label for item in registry.nav}
    homes = {role: places.get(endpoint, "") for role, endpoint in reversed(registry.homes)}
    shown = [(role, login) for login, _name, role in PEOPLE]
    shown[6:6] = [(Role.MEDIATOR, "mediator1"), (Role.ORGANISATION, "committee")]
    return [SignIn(account_words.ROLE[role], login, PASSWORD, homes.get(role, "")) for role, login in shown]


@click.command("demo", cls=Command)
@click.option(
    "--history/--no-history", default=True, help="With the court's past since June 2017, or today's disputes alone."
)
def demo(*, history: bool) -> None:
    """Make the demonstration court in an empty database and print its sign-ins."""
    if not current_app.config["DEMONSTRATION"]:
        raise Refused("The demonstration court is made in demonstration mode only: set MEDIATION_MODE=demonstration.")
    if not sa.inspect(db.engine).has_table(Court.__tablename__):
        upgrade()
    if db.session.scalar(sa.select(Court.id).limit(1)) is not None:
        click.echo("A court is installed already; nothing was changed.")
    else:
        sealdemo.make(workshop.seals().folder / CODE, NAME)
        court = make_court()
        past = _past(court) if history else 0
        with click.progressbar(length=len(STORIES), label="Disputes of the demonstration court") as bar:
            told = tell(lambda: bar.update(1))
        lists.tell()
        click.echo(
            f"The demonstration court is ready, with {told} disputes{f' of today and {past} of the years before' if past else ''}."
        )
    click.echo(table(sign_ins(current_app)))


def _past(court: Court) -> int:
    with click.progressbar(length=100, label="The years since June 2017") as bar:
        return load(court, progress=lambda done, whole: bar.update(100 * done // whole - bar.pos))


def table(lines: Sequence[SignIn]) -> str:
    """The sign-ins in columns; a Chinese character is as wide as two others."""
    rows = [("角色", "用户名", "密码", "首页"), *((str(x.role), x.login, x.password, str(x.page)) for x in lines)]
    widths = [max(_width(row[column]) for row in rows) + 2 for column in range(4)]
    return "\n".join(
        "  " + "".join(cell + " " * (widths[n] - _width(cell)) for n, cell in enumerate(row)).rstrip() for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def init_app(app: Flask) -> None:
    """Make the command known; show the sign-ins on the sign-in page of a demonstration, and nowhere else."""
    app.cli.add_command(demo)
    if app.config["DEMONSTRATION"]:
        app.extensions["demonstration_sign_ins"] = sign_ins(app)
