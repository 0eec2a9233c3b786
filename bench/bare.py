"""The floor of every figure: a Flask page that says one sentence."""

from flask import Flask

app = Flask("bare")
app.add_url_rule("/", view_func=lambda: "<p>ok</p>")
