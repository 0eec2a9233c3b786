"""The door for the web server and for `flask --app wsgi`."""

from config import Config
from mediation.app import create_app

app = create_app(Config.from_env())
