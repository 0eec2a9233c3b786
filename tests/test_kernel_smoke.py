import sqlalchemy as sa
from mediation.kernel import audit
from mediation.kernel.db import db, transaction
from mediation.accounts.models import User
from tests.conftest import actor_of
from tests import world

def test_sign_in(client_for, clerk_li):
    b = client_for(None)
    p = b.get("/sign-in")
    p = b.post("/sign-in", {"login": "clerk_li", "password": "wrong"}, status=401)
    p = b.post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD})
    b.get("/password")
    assert list(audit.verify()) == []
    b.post("/sign-out", status=303)
    b.get("/password", status=401)

def test_signed_in(client_for, sysadmin):
    client_for(sysadmin).get("/search", status=403)
    assert list(audit.verify()) == []
