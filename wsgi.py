"""The door for the web server and for `flask --app wsgi`."""

import gc

from config import Config
from mediation.app import create_app

app = create_app(Config.from_env())
# What has been made by now stays as long as the server: collecting garbage need not look through it again.
gc.collect()
gc.freeze()
# A page makes some thousands of objects and drops them; looking for rings among them at each seven hundred costs a tenth.
gc.set_threshold(5000)
