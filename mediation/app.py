"""The application factory: wiring only."""

from importlib import import_module
from typing import Any

from flask import Flask, has_request_context, session
from flask_babel import Babel
from flask_login import current_user
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from config import ROOT, Config
from mediation.kernel import i18n
from mediation.kernel.db import db, engine_options, prepare_engine
from mediation.web import auth, errors, headers, once, templating, views
from mediation.web.registry import Registry

# Earliest stage of a case first; each has views with a Blueprint `bp` and may have `contribute(registry)`.
CAPABILITIES = (
    "accounts", "documents", "notices", "periods", "roster", "disputes", "scheduling", "litigation", "intake",
    "assignment", "agreements", "confirmation", "supervision", "statistics", "public", "trail",
    "reminders", "exports",
)  # fmt: skip
MODELS = (
    "accounts", "documents", "notices", "periods", "roster", "disputes", "scheduling", "litigation", "intake",
    "assignment", "agreements", "confirmation", "supervision", "statistics", "public", "reminders",
)  # fmt: skip
COMMANDS: tuple[str, ...] = (
    "documents",
    "periods",
    "installation",
    "demonstration",
    "daily",
    "worker",
    "assignment",
    "figures",
    "sums",
    "exporting",
)


class RecordNumber(IntegerConverter):
    """A number in an address that a record could have; any longer one is simply not found."""

    regex = r"\d{1,10}"

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:  # noqa: A002 werkzeug's own name
        super().__init__(map, *args, **({"max": 2**31 - 1} | kwargs))


def create_app(config: Config) -> Flask:
    """Build the application of one installation."""
    app = Flask("mediation", template_folder=str(ROOT / "templates"))
    app.jinja_environment = templating.Environment
    app.url_map.converters["int"] = RecordNumber
    app.config.from_object(config)
    app.config["DEMONSTRATION"] = config.demonstration
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if config.SESSION_COOKIE_SECURE else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_FORM_PARTS=2000,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        BABEL_DEFAULT_LOCALE=i18n.CHINESE,
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
    )
    if config.PROXY_HOPS:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.PROXY_HOPS, x_proto=config.PROXY_HOPS)  # type: ignore[method-assign]
    app.extensions["mediation"] = Registry()
    headers.init_app(app)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(config.SQLALCHEMY_DATABASE_URI)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    _words(app)
    auth.init_app(app)
    CSRFProtect(app)
    once.init_app(app)
    errors.init_app(app)
    templating.init_app(app)
    app.register_blueprint(views.bp)
    _capabilities(app)
    return app


def _words(app: Flask) -> None:
    names = i18n.domains() or ["web"]
    app.config["BABEL_DOMAIN"] = ";".join(names)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join([str(i18n.CATALOGUES)] * len(names))
    Babel(app, locale_selector=_locale)
    i18n.into_templates(app.jinja_env)


def _locale() -> str:
    """The reader's choice, kept with the account and in the session; Chinese otherwise, and where nobody asks."""
    if not has_request_context():
        return i18n.CHINESE
    chosen = session.get("locale") or getattr(current_user, "locale", "")
    return i18n.ENGLISH if chosen == i18n.ENGLISH else i18n.CHINESE


def _capabilities(app: Flask) -> None:
    registry: Registry = app.extensions["mediation"]
    for name in MODELS:
        import_module(f"mediation.{name}.models")
    for name in CAPABILITIES:
        module = import_module(f"mediation.{name}.views")
        app.register_blueprint(module.bp)
        if hasattr(module, "contribute"):
            module.contribute(registry)
    accounts = import_module("mediation.accounts.login")
    accounts.init_app(app)
    for name in COMMANDS:
        import_module(f"mediation.cli.{name}").init_app(app)
