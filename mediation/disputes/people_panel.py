"""The parties to a dispute as its page shows them: values, so that what was drawn of them once need not be drawn again."""

from datetime import date
from typing import NamedTuple

from mediation.disputes import labels
from mediation.disputes.models import AddressConfirmation, Agent, Party
from mediation.disputes.rules import Authority


class ShownAddress(NamedTuple):
    """Where papers reach a party."""

    refused: bool
    address: str
    e_mail: str
    electronic: bool


class ShownAgent(NamedTuple):
    """Who acts for a party."""

    id: int
    kind: str
    name: str
    firm: str
    ended_on: date | None
    authority: str
    special: bool


class ShownPerson(NamedTuple):
    """A party, in the words of the present language."""

    id: int
    role: str
    name: str
    sex: str
    id_type: str
    id_no: str
    birth_date: date | None
    representative: str
    representative_title: str
    phone: str
    domicile: str
    address: ShownAddress | None
    agents: tuple[ShownAgent, ...]


def shown(party: Party) -> ShownPerson:
    """A party with address and agents."""
    return ShownPerson(
        party.id,
        str(labels.PARTY_ROLE[party.role]),
        party.name,
        str(labels.SEX[party.sex]) if party.sex else "",
        str(labels.ID_TYPE[party.id_type]) if party.id_type else "",
        party.id_no,
        party.birth_date,
        party.representative,
        party.representative_title,
        party.phone,
        party.domicile,
        _address(party.address),
        tuple(map(_agent, party.agents)),
    )


def _address(confirmed: AddressConfirmation | None) -> ShownAddress | None:
    if confirmed is None:
        return None
    return ShownAddress(confirmed.refused, confirmed.address, confirmed.e_mail, confirmed.electronic)


def _agent(agent: Agent) -> ShownAgent:
    return ShownAgent(
        agent.id,
        str(labels.AGENT_KIND[agent.kind]),
        agent.name,
        agent.firm,
        agent.ended_on,
        str(labels.AUTHORITY[agent.authority]),
        agent.authority is Authority.SPECIAL,
    )
