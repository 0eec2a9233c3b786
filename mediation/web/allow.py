"""The one allow-table: endpoint -> who may call it. What it does not name is refused.

Reading and acting on a particular record is decided again in the services: out of scope is 404, not permitted is 403.
"""

from mediation.kernel.actor import ADMINS, CASEWORK, COURT, JUDGES, REGISTRY, Role

ANYONE: frozenset[Role] = frozenset()
EVERYONE = frozenset(Role)
CLERK, TRIAGE, PRESIDENT = Role.CLERK, Role.TRIAGE, Role.PRESIDENT
MEDIATOR, ORGANISATION = Role.MEDIATOR, Role.ORGANISATION
MEDIATION = frozenset({MEDIATOR, ORGANISATION})
KEEPERS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})

# What a person may reach before choosing a password of their own.
BEFORE_PASSWORD = frozenset({"accounts.password", "accounts.sign_out", "static", "accounts.preferences"})

TABLE: dict[str, frozenset[Role]] = {
    "static": ANYONE,
    "web.healthz": ANYONE,
    "web.readyz": ANYONE,
    "web.home": EVERYONE,
    "web.search": EVERYONE,
    # accounts
    "accounts.sign_in": ANYONE,
    "accounts.sign_out": EVERYONE,
    "accounts.password": EVERYONE,
    "accounts.preferences": ANYONE,
    "accounts.sessions": EVERYONE,
    "accounts.end_others": EVERYONE,
    "accounts.accounts": KEEPERS,
    "accounts.account": KEEPERS,
    "accounts.new": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.edit": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.close": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.reopen": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.reset_password": frozenset({Role.SYSTEM_ADMIN}),
    "accounts.end_sessions": KEEPERS,
    "accounts.unlock": frozenset({Role.SECURITY_ADMIN}),
    "accounts.roles": frozenset({Role.SECURITY_ADMIN}),
    # documents
    "documents.download": CASEWORK,
    "documents.retry": REGISTRY,
    "documents.verify": ANYONE,
    "documents.catalogue_page": frozenset({Role.SYSTEM_ADMIN}),
    "documents.catalogue_entry": frozenset({Role.SYSTEM_ADMIN}),
    "documents.catalogue_specimen": frozenset({Role.SYSTEM_ADMIN}),
    # periods
    "periods.deadline": CASEWORK,
    "periods.deadline_data": CASEWORK,
    # notices
    "notices.outbox": REGISTRY,
    "notices.deliver": REGISTRY,
    "notices.inbox": CASEWORK,
    "notices.read": CASEWORK,
    # roster
    "roster.index": COURT,
    "roster.mediator": COURT,
    "roster.organisation": COURT,
    "roster.standing": frozenset({PRESIDENT}),
    # disputes
    "disputes.work_list": COURT,
    "disputes.dispute": CASEWORK,
    "disputes.cause_choices": REGISTRY,
    "disputes.new": REGISTRY,
    "disputes.edit": REGISTRY,
    "disputes.not_duplicate": REGISTRY,
    "disputes.new_party": REGISTRY,
    "disputes.edit_party": REGISTRY,
    "disputes.new_agent": REGISTRY,
    "disputes.edit_agent": REGISTRY,
    "disputes.end_agent": REGISTRY,
    "disputes.address": REGISTRY,
    "disputes.complaint": REGISTRY,
    "disputes.withdrawal": REGISTRY,
    "disputes.closing": REGISTRY,
    # scheduling
    "scheduling.schedule": CASEWORK,
    "scheduling.new": CASEWORK - {PRESIDENT},
    "scheduling.block": REGISTRY,
    "scheduling.booking": CASEWORK,
    "scheduling.cancel": CASEWORK,
    # litigation
    "litigation.work": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.of_dispute": COURT,
    "litigation.case": COURT,
    "litigation.demand_fee": REGISTRY,
    "litigation.pay": REGISTRY,
    "litigation.ask_relief": REGISTRY,
    "litigation.decide_relief": REGISTRY,
    "litigation.fast_track": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.to_ordinary": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.hearing": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.heard": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.convert": frozenset({Role.FAST_TRACK_JUDGE}),
    "litigation.mediation_document": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.serve": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.close": REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE},
    "litigation.wages": frozenset({PRESIDENT}),
    # intake
    "intake.screen": REGISTRY,
    "intake.ask_correction": REGISTRY,
    "intake.receive_correction": REGISTRY,
    "intake.return_": REGISTRY,
    "intake.guide": REGISTRY,
    "intake.consents": REGISTRY | MEDIATION,
    "intake.withdraw_consent": REGISTRY | MEDIATION,
    "intake.file": REGISTRY,
    # assignment
    "assignment.choose": REGISTRY,
    "assignment.issue": REGISTRY,
    "assignment.home": MEDIATION,
    "assignment.acceptance": MEDIATION,
    "assignment.decline": MEDIATION,
    "assignment.contacts": MEDIATION | REGISTRY,
    "assignment.disclosure": MEDIATION | REGISTRY,
    "assignment.waiver": REGISTRY,
    "assignment.suspension": MEDIATION | REGISTRY | {Role.GUIDING_JUDGE},
    "assignment.resumption": MEDIATION | REGISTRY | {Role.GUIDING_JUDGE},
    "assignment.extension": MEDIATION | REGISTRY,
    "assignment.end": MEDIATION | REGISTRY,
    "assignment.lapse": REGISTRY,
    "assignment.rejection": REGISTRY,
    "assignment.replacement": REGISTRY | {Role.GUIDING_JUDGE},
    # agreements
    "agreements.agreement": CASEWORK - {PRESIDENT},
    "agreements.perform": MEDIATION | REGISTRY,
    "agreements.close_performed": MEDIATION | REGISTRY,
    "agreements.receive_packet": REGISTRY,
    "agreements.cancel": MEDIATION,
    "agreements.clause": MEDIATION,
    "agreements.close": MEDIATION,
    "agreements.confirm_facts": MEDIATION,
    "agreements.edit": MEDIATION,
    "agreements.new_agreement": MEDIATION,
    "agreements.new_clause": MEDIATION,
    "agreements.open_session": MEDIATION,
    "agreements.plan": MEDIATION,
    "agreements.put_up": MEDIATION,
    "agreements.refuse": MEDIATION,
    "agreements.remove_clause": MEDIATION,
    "agreements.reopen": MEDIATION,
    "agreements.report_failure": MEDIATION,
    "agreements.session": MEDIATION,
    "agreements.sign": MEDIATION,
    "agreements.take_note": MEDIATION,
    "agreements.undisputed": MEDIATION,
    "agreements.withdraw_fact": MEDIATION,
    "agreements.write": MEDIATION,
    # confirmation
    "confirmation.apply": REGISTRY,
    "confirmation.work": REGISTRY | {Role.CONFIRMATION_JUDGE},
    "confirmation.confirmation": COURT,
    "confirmation.materials": REGISTRY | {Role.CONFIRMATION_JUDGE},
    "confirmation.accept": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.supplement": REGISTRY | {Role.CONFIRMATION_JUDGE},
    "confirmation.supplied": REGISTRY | {Role.CONFIRMATION_JUDGE},
    "confirmation.call": REGISTRY | {Role.CONFIRMATION_JUDGE},
    "confirmation.question": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.examine": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.rule": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.not_accept": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.withdraw": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.deem_withdrawn": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.serve": REGISTRY | {Role.CONFIRMATION_JUDGE},
    "confirmation.request_extension": frozenset({Role.CONFIRMATION_JUDGE}),
    "confirmation.extensions": frozenset({PRESIDENT}),
    "confirmation.decide_extension": frozenset({PRESIDENT}),
    # statistics
    "statistics.figures": COURT,
    "statistics.cases": COURT,
    "statistics.spreadsheet": COURT,
    # trail
    "trail.entries": frozenset({Role.AUDIT_ADMIN}),
    "trail.verify": frozenset({Role.AUDIT_ADMIN}),
    "trail.file": frozenset({Role.AUDIT_ADMIN}),
    # public
    "public.board": ANYONE,
    "public.board_of": ANYONE,
    "public.release": REGISTRY,
    "public.publish": REGISTRY,
}

__all__ = ["ADMINS", "ANYONE", "BEFORE_PASSWORD", "COURT", "EVERYONE", "JUDGES", "REGISTRY", "TABLE"]
