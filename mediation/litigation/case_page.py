"""The page of a filed case: what stands, what runs, and each lawful next step with its form."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.disputes.opening import opened
from mediation.kernel import clock, states
from mediation.kernel.i18n import _n
from mediation.litigation import forms, labels, rules, services, tariff
from mediation.litigation.announcement import page as announcement_page
from mediation.litigation.bench import page as bench_page
from mediation.litigation.blueprint import here
from mediation.litigation.defence import page as defence_page
from mediation.litigation.evidence import page as evidence_page
from mediation.litigation.fines import page as fines_page
from mediation.litigation.joining import page as joining_page
from mediation.litigation.jurisdiction import page as jurisdiction_page
from mediation.litigation.limits import above, asking
from mediation.litigation.limits import labels as limit_labels
from mediation.litigation.limits import rules as limit_rules
from mediation.litigation.models import FeeNotice, LitigationCase
from mediation.litigation.procedure import keeping
from mediation.litigation.procedure import labels as procedure_labels
from mediation.litigation.procedure import rules as procedure_rules
from mediation.litigation.rules import Manner, Status
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.labels import PERIOD_KEY
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import ResourceKind
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm

DEFENCE = frozenset({"sending", "waiving", "evidence", "evidence_serving", "defence_form"})
BENCH = frozenset({"bench"})
APART = (
    DEFENCE
    | BENCH
    | jurisdiction_page.NAMES
    | evidence_page.NAMES
    | announcement_page.NAMES
    | joining_page.NAMES
    | fines_page.NAMES
)


def tribunals() -> Sequence[Resource]:
    """The fast-track tribunals of the court."""
    return scheduling.resources(actor(), (ResourceKind.TRIBUNAL,))


def hearing_day(case: LitigationCase) -> date:
    """The day the hearing was fixed for, if it has come; else today."""
    booking = services.hearing_of(case)
    day = clock.local(booking.starts_at).date() if booking is not None else clock.today()
    return min(day, clock.today())


def sent(
    found: LitigationCase, form: BaseForm, act: Callable[[], object], said: str, **given: Any
) -> ResponseReturnValue:
    """Take one step of a case; refused, the page comes back as it was typed."""
    if form.taken(act):
        flash(said)
        return here(found)
    return page_of(found, **given)


def page_of(found: LitigationCase, **given: Any) -> ResponseReturnValue:
    """What stands, what runs, and each lawful next step with its form; a refused form comes back as it was typed."""
    who = actor()
    dispute = opened(found.dispute_id)
    people = disputes.parties(found.dispute_id)
    supplement = services.supplement_of(found)
    notice, paper = services.notice_of(found), services.mediation_document(found)
    steps = set(states.available(rules.STEPS, who, found))
    rooms = {r.id: r.name for r in tribunals()}
    deadlines = [
        *periods.of_subject("litigation_case", found.id),
        *(one for paid in (notice, supplement) if paid for one in periods.of_subject("fee_notice", paid.id)),
    ]
    context = {
        "fee": fee_form(found, formdata=None),
        "supplementing": forms.SupplementForm(formdata=None, received_on=clock.today()),
        "payment": forms.PaymentForm(formdata=None, on=clock.today()),
        "relief": forms.ReliefForm(formdata=None, on=clock.today()),
        "no_relief": forms.RefuseReliefForm(formdata=None),
        "heard": forms.HeardForm(formdata=None, on=hearing_day(found)),
        "ordinary": forms.OrdinaryForm(formdata=None),
        "conversion": forms.ConversionForm(formdata=None),
        "summarising": forms.SummaryForm(formdata=None),
        "objecting": objection_form(found, formdata=None),
        "panelling": forms.PanelForm(formdata=None),
        "answering": answer_form(found, formdata=None),
        "serving": serve_form(found, formdata=None),
        "closing": close_form(found, steps, formdata=None),
        "more_time": more_time_form(found, formdata=None),
        "ask_above": forms.AskAboveForm(formdata=None, asked_on=clock.today()),
        "refused_above": forms.RefusedAboveForm(formdata=None, answered_on=clock.today()),
        "noted_above": forms.NotedAboveForm(formdata=None, answered_on=clock.today()),
        "approval": forms.ApprovalForm(formdata=None, approved_on=clock.today()),
    } | {name: form for name, form in given.items() if name not in APART}
    answering = defence_page.context(who, found, **{name: form for name, form in given.items() if name in DEFENCE})
    served = notices.services_of(paper.id) if paper else []
    limit = services.limit_of(found)
    wage = services.wage(found.court_id, found.filed_on)
    return render_template(
        "litigation/case.html",
        case=found,
        dispute=dispute,
        title=disputes.title(dispute),
        number=services.number_of(found),
        steps=steps,
        against={step.name: services.obstacles(found, step.name) for step in rules.STEPS},
        notice=notice,
        supplement=supplement,
        supplement_due=services.supplement_due(found) if found.status is Status.ORDINARY else 0,
        owed=_owed(found, supplement or notice),
        counted=tariff.fee(notice.kind, notice.claimed_fen, found.filed_on, fixed_fen=notice.fixed_fen)
        if notice
        else None,
        judge=services.judge_of(found),
        tribunal=rooms.get(found.tribunal_id or 0, ""),
        hearing=services.hearing_of(found),
        paper=paper,
        served=served,
        unserved=[p for p in people if p.id not in {one.party_id for one in served}],
        names={p.id: p.name for p in people},
        deadlines=[d for d in deadlines if d.ended_on is None],
        period_words=PERIOD_KEY,
        small=rules.small_claim(dispute.amount_fen, wage.amount_fen if wage else None),
        may_register=rules.may_register(who, found),
        may_close=rules.may_judge(who, found),
        may_entrust=rules.may_entrust(who, found),
        may_ask=rules.may_judge(who, found) and found.status in limit_rules.ON_TRIAL,
        objections=keeping.of_case(found),
        objection_labels=procedure_labels,
        may_object=rules.may_entrust(who, found) and bool(_matters(found)) and keeping.pending(found) is None,
        may_answer=rules.may_judge(who, found),
        asked=asking.of_case(found.id),
        asked_above=above.requests_of(found.id),
        may_note_above=limit_rules.may_record_approval(who, found),
        HigherStatus=limit_rules.HigherStatus,
        approvals=above.of_case(found.id),
        may_record_approval=limit_rules.may_record_approval(who, found)
        and found.status in limit_rules.ON_TRIAL
        and above.is_next(found),
        time_against=asking.standing(found) if found.status in limit_rules.ON_TRIAL else [],
        time_article=asking.article_of(limit),
        limit_labels=limit_labels,
        limit_over=limit is not None and limit.final_on < clock.today(),
        labels=labels,
        rules=rules,
        Status=Status,
        **context,
        **answering,
        **jurisdiction_page.context(
            who, found, {name: form for name, form in given.items() if name in jurisdiction_page.NAMES}
        ),
        **announcement_page.context(who, found, {n: f for n, f in given.items() if n in announcement_page.NAMES}),
        **evidence_page.context(who, found, {n: form for n, form in given.items() if n in evidence_page.NAMES}),
        **fines_page.context(who, found, {n: form for n, form in given.items() if n in fines_page.NAMES}),
        **joining_page.context(who, found, {n: form for n, form in given.items() if n in joining_page.NAMES}),
        **bench_page.context(who, found, bench=given.get("bench")),
    ), 422 if any(_refused(form) for form in given.values()) else 200


def _refused(given: Any) -> bool:
    """Whether a form came back; one defendant's comes with the number of its place."""
    while isinstance(given, tuple):
        given = given[1]
    return bool(given.errors)


def _owed(found: LitigationCase, notice: FeeNotice | None) -> FeeNotice | None:
    """What waits for its payment; none when nothing does."""
    waits = Status.ORDINARY if notice is not None and notice.supplement else Status.FEE_NOTICE
    return notice if notice is not None and found.status is waits and not notice.settled else None


def more_time_form(found: LitigationCase, **kwargs: Any) -> forms.MoreTimeForm:
    form = forms.MoreTimeForm(**kwargs)
    left = asking.months_left(services.limit_of(found))
    form.months.choices = [SelectChoice(n, _n("%(num)s month", "%(num)s months", n)) for n in range(1, left + 1)]
    return form


def objection_form(found: LitigationCase, **kwargs: Any) -> forms.ObjectionForm:
    form = forms.ObjectionForm(**({"raised_on": clock.today()} | kwargs))
    form.party_id.choices = [SelectChoice(p.id, p.name) for p in disputes.parties(found.dispute_id)]
    # One that is no longer possible is refused with its article, not as a wrong choice.
    possible = _matters(found) or tuple(procedure_rules.Matter)
    form.matter.choices = [SelectChoice(one.value, procedure_labels.MATTER[one]) for one in possible]
    if form.matter.data is None and len(possible) == 1:
        form.matter.data = possible[0].value
    return form


def _matters(found: LitigationCase) -> tuple[procedure_rules.Matter, ...]:
    return procedure_rules.matters(
        found.procedure,
        on_track=found.status is Status.FAST_TRACK,
        on_trial=found.status in limit_rules.ON_TRIAL,
    )


def answer_form(found: LitigationCase, **kwargs: Any) -> forms.ObjectionDecisionForm:
    form = forms.ObjectionDecisionForm(**kwargs)
    waits = keeping.pending(found)
    possible = procedure_rules.answers(found.procedure, *([waits.matter] if waits else []))
    form.answer.choices = [SelectChoice(answer.value, procedure_labels.ANSWER[answer]) for answer in possible]
    return form


def fee_form(found: LitigationCase, **kwargs: Any) -> forms.FeeForm:
    dispute = disputes.get(actor(), found.dispute_id) or abort(404)
    return forms.FeeForm(**({"amount": dispute.amount_fen, "received_on": clock.today()} | kwargs))


def serve_form(found: LitigationCase, **kwargs: Any) -> forms.ServeForm:
    form = forms.ServeForm(**({"effective_on": clock.today()} | kwargs))
    paper = services.mediation_document(found)
    done = {s.party_id for s in notices.services_of(paper.id)} if paper else set()
    people = [p for p in disputes.parties(found.dispute_id) if p.id not in done]
    form.party_id.choices = [SelectChoice(p.id, p.name) for p in people]
    if people and not form.receiver.data:
        form.receiver.data = people[0].name
    return form


def close_form(found: LitigationCase, steps: set[str], **kwargs: Any) -> forms.CloseForm:
    form = forms.CloseForm(**({"on": clock.today()} | kwargs))
    possible = [m for m in Manner if rules.closing_step(m) in steps]
    form.manner.choices = [SelectChoice(m.value, labels.MANNER[m]) for m in possible]
    return form
