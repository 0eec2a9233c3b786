"""Everything that is written down has a name in the court's words."""

from mediation.kernel.audit import Audited, FaultKind
from mediation.kernel.db import Base
from mediation.trail import labels
from mediation.web.registry import Registry


def test_every_table_that_is_written_down_has_a_name(app):
    tables = {m.class_.__tablename__ for m in Base.registry.mappers if issubclass(m.class_, Audited)}
    assert tables - set(labels.SUBJECT) == set()


def test_every_act_has_a_name_without_its_facts(app):
    """The list to choose from knows no facts: an act whose sentence needs them is named in TITLE."""
    registry: Registry = app.extensions["mediation"]
    nameless = []
    with app.test_request_context():
        for action in registry.events:
            if action in labels.TITLE:
                continue
            try:
                registry.words(action, {})
            except (KeyError, ValueError):
                nameless.append(action)
    assert nameless == []
    assert {action.split(".")[0] for action in registry.events} - set(labels.SUBJECT) == set()


def test_every_fault_of_the_chain_has_words():
    assert set(labels.FAULT) == set(FaultKind)
