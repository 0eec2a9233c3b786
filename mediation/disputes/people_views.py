"""Parties, agents and addresses on pages of their own."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue

from mediation.disputes import documents, people, services
from mediation.disputes.blueprint import back_to, bp, editable
from mediation.disputes.forms import AddressForm, AgentForm, NewPartyForm, PartyForm
from mediation.disputes.models import Agent, Party
from mediation.disputes.people import AddressData, AgentData, PartyData
from mediation.disputes.rules import AgentKind, Authority, IdType, PartyKind, PartyRole, Sex
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor


def party_data(form: Any, role: PartyRole, *, agents: Sequence[AgentData] = ()) -> PartyData:
    """What was typed about a party, as the use case wants it."""
    return PartyData(
        role=role,
        name=form.name.data or "",
        kind=PartyKind(form.kind.data),
        id_type=IdType(form.id_type.data) if form.id_no.data else None,
        id_no=form.id_no.data or "",
        nationality=form.nationality.data or "",
        sex=Sex(form.sex.data) if form.sex.data else None,
        birth_date=form.birth_date.data,
        ethnicity=form.ethnicity.data or "",
        language=form.language.data or "",
        occupation=form.occupation.data or "",
        employer=form.employer.data or "",
        domicile=form.domicile.data or "",
        residence=form.residence.data or "",
        phone=form.phone.data or "",
        representative=form.representative.data or "",
        representative_title=form.representative_title.data or "",
        agents=agents,
    )


def agent_data(form: Any) -> tuple[AgentData, ...]:
    """The agent typed beside a party; none when no name was typed."""
    if not form.agent_name.data:
        return ()
    powers = getattr(form, "agent_special_powers", None)
    return (
        AgentData(
            name=form.agent_name.data,
            kind=AgentKind(form.agent_kind.data),
            authority=Authority(form.agent_authority.data),
            firm=form.agent_firm.data or "",
            licence_no=form.agent_licence_no.data or "",
            id_no=form.agent_id_no.data or "",
            phone=form.agent_phone.data or "",
            special_powers=(powers.data or "") if powers is not None else "",
        ),
    )


def _party(dispute_id: int, party_id: int) -> Party:
    editable(dispute_id)
    found = people.party(dispute_id, party_id)
    return found if found is not None else abort(404)


@bp.route("/disputes/<int:dispute_id>/parties/new", methods=["GET", "POST"])
def new_party(dispute_id: int) -> ResponseReturnValue:
    """Another party joins."""
    found = editable(dispute_id)
    form = NewPartyForm()
    form.split_pasted()
    form.follow_number()
    if form.submitted():
        try:
            people.add_party(actor(), found, party_data(form, PartyRole(form.role.data)))
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The party is recorded."))
            return back_to(dispute_id)
    return render_template("disputes/party.html", form=form, dispute=found, party=None)


@bp.route("/disputes/<int:dispute_id>/parties/<int:party_id>", methods=["GET", "POST"])
def edit_party(dispute_id: int, party_id: int) -> ResponseReturnValue:
    """Correct a party."""
    record = _party(dispute_id, party_id)
    form = PartyForm(
        obj=record,
        kind=record.kind.value,
        id_type=record.id_type.value if record.id_type else None,
        sex=record.sex.value if record.sex else "",
    )
    if form.submitted():
        try:
            people.edit_party(actor(), record, party_data(form, record.role), version=form.version.data or 0)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The correction is recorded."))
            return back_to(dispute_id)
    dispute = services.get(actor(), dispute_id)
    return render_template("disputes/party.html", form=form, dispute=dispute, party=record)


@bp.route("/disputes/<int:dispute_id>/parties/<int:party_id>/agents/new", methods=["GET", "POST"])
def new_agent(dispute_id: int, party_id: int) -> ResponseReturnValue:
    """An agent for a party."""
    record = _party(dispute_id, party_id)
    return _agent_page(dispute_id, record, None)


@bp.route("/disputes/<int:dispute_id>/agents/<int:agent_id>", methods=["GET", "POST"])
def edit_agent(dispute_id: int, agent_id: int) -> ResponseReturnValue:
    """Correct an agent, most often the extent of the authority."""
    editable(dispute_id)
    pairs = [(party, agent) for party in people.parties(dispute_id) for agent in party.agents if agent.id == agent_id]
    if not pairs:
        abort(404)
    return _agent_page(dispute_id, *pairs[0])


def _agent_page(dispute_id: int, principal: Party, agent: Agent | None) -> ResponseReturnValue:
    form = AgentForm(**_typed(agent) if agent is not None else {})
    if form.submitted():
        (data,) = agent_data(form)
        try:
            if agent is None:
                people.add_agent(actor(), principal, data)
            else:
                people.edit_agent(actor(), agent, data, version=form.version.data or 0)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The agent is recorded."))
            return back_to(dispute_id)
    dispute = services.get(actor(), dispute_id)
    return render_template("disputes/agent.html", form=form, dispute=dispute, party=principal, agent=agent)


def _typed(agent: Agent) -> dict[str, Any]:
    return {
        "agent_name": agent.name,
        "agent_kind": agent.kind.value,
        "agent_authority": agent.authority.value,
        "agent_firm": agent.firm,
        "agent_licence_no": agent.licence_no,
        "agent_id_no": agent.id_no,
        "agent_phone": agent.phone,
        "agent_special_powers": agent.special_powers,
        "version": agent.version,
    }


@bp.post("/disputes/<int:dispute_id>/agents/<int:agent_id>/end")
def end_agent(dispute_id: int, agent_id: int) -> ResponseReturnValue:
    """The power was revoked or given back."""
    editable(dispute_id)
    agent = next((a for p in people.parties(dispute_id) for a in p.agents if a.id == agent_id), None) or abort(404)
    people.end_agent(actor(), agent)
    flash(_("The agent no longer acts for the party."))
    return back_to(dispute_id)


@bp.route("/disputes/<int:dispute_id>/parties/<int:party_id>/address", methods=["GET", "POST"])
def address(dispute_id: int, party_id: int) -> ResponseReturnValue:
    """Where documents reach the party (S11 arts 3-5)."""
    record = _party(dispute_id, party_id)
    known = record.address
    form = (
        AddressForm(obj=known)
        if known is not None
        else AddressForm(address=record.domicile, phone=record.phone, recipient=record.name)
    )
    if form.submitted():
        data = AddressData(
            address=form.address.data or "",
            postcode=form.postcode.data or "",
            phone=form.phone.data or "",
            recipient=form.recipient.data or "",
            electronic=form.electronic.data,
            e_mail=form.e_mail.data or "",
            refused=form.refused.data,
            confirmed_on=form.confirmed_on.data,
        )
        made = people.confirm_address(actor(), record, data, version=form.version.data if known is not None else None)
        documents.address_confirmation(actor(), record, made)
        flash(_("The address for service is recorded; the form is being made."))
        return back_to(dispute_id)
    dispute = services.get(actor(), dispute_id)
    return render_template("disputes/address.html", form=form, dispute=dispute, party=record)
