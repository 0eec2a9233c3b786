"""Every word shown for the enums of confirmation."""

from mediation.confirmation.rules import (
    Bar,
    Exclusion,
    Finding,
    Form,
    Ground,
    Lapse,
    Material,
    Obstacle,
    Outcome,
    Question,
    Status,
)
from mediation.kernel.i18n import _l

STATUS = {
    Status.APPLIED: _l("Applied for"),
    Status.NOT_ACCEPTED: _l("Application not accepted"),
    Status.ACCEPTED: _l("Application accepted"),
    Status.SUPPLEMENT: _l("Waiting for supplements"),
    Status.EXAMINED: _l("Parties questioned"),
    Status.VALID: _l("Ruled valid"),
    Status.DISMISSED: _l("Application dismissed"),
    Status.WITHDRAWN: _l("Application withdrawn"),
    Status.DEEMED_WITHDRAWN: _l("Treated as withdrawn"),
    Status.SERVED: _l("Ruling served"),
}
TONE = {
    Status.APPLIED: "active",
    Status.ACCEPTED: "active",
    Status.SUPPLEMENT: "soon",
    Status.EXAMINED: "active",
    Status.NOT_ACCEPTED: "done",
    Status.VALID: "done",
    Status.DISMISSED: "done",
    Status.WITHDRAWN: "done",
    Status.DEEMED_WITHDRAWN: "done",
    Status.SERVED: "done",
}
OUTCOME = {
    Outcome.VALID: _l("Agreement ruled valid"),
    Outcome.DISMISSED: _l("Application dismissed"),
    Outcome.NOT_ACCEPTED: _l("Application not accepted"),
    Outcome.WITHDRAWN: _l("Withdrawal allowed"),
    Outcome.DEEMED_WITHDRAWN: _l("Treated as withdrawn"),
}
EXCLUSION = {
    Exclusion.OUT_OF_SCOPE: _l("It is not for the civil courts."),
    Exclusion.WRONG_COURT: _l("It is not for this court."),
    Exclusion.STATUS_RELATION: _l(
        "It asks to confirm that a marriage, a parent and child relation, an adoption or another status is valid, void or ended."
    ),
    Exclusion.OTHER_PROCEDURE: _l("It belongs to another special procedure, public notice for claims, or bankruptcy."),
    Exclusion.TITLE: _l("The agreement decides who holds a real right or an intellectual property right."),
}
GROUND = {
    Ground.ILLEGAL: _l("Against a mandatory rule of law"),
    Ground.HARMS_OTHERS: _l("Harms the state, the public or the rights of others"),
    Ground.PUBLIC_ORDER: _l("Against public order and good morals"),
    Ground.NOT_VOLUNTARY: _l("Not of the parties' free will"),
    Ground.NOT_CLEAR: _l("Content not clear"),
    Ground.OTHER: _l("Another reason against confirmation"),
}
FINDING = {Finding.CLEAR: _l("nothing found"), Finding.FOUND: _l("found")}
FORM = {Form.WRITTEN: _l("In writing"), Form.ORAL: _l("Orally, taken down and signed")}
MATERIAL = {
    Material.APPLICATION: _l("Written application for confirmation"),
    Material.AGREEMENT: _l("Mediation agreement"),
    Material.PRESIDED: _l("Proof that the mediation organisation presided"),
    Material.IDENTITY: _l("Proof of identity and qualification"),
    Material.CONTACT: _l("Addresses for service and phone numbers"),
    Material.TITLE: _l("Documents of title to the property concerned"),
    Material.POWER_OF_ATTORNEY: _l("Power of attorney"),
}
QUESTION = {
    Question.IDENTITY: _l("Who is present, identity checked"),
    Question.RECUSAL: _l("Whether they apply for recusal, after being told the names"),
    Question.PRESIDED: _l("Who presided over the mediation, how and when"),
    Question.VOLUNTARY: _l("Whether the agreement was made of free will"),
    Question.UNDERSTOOD: _l("Whether content and consequences were understood"),
    Question.FACTS: _l("Whether the facts in the agreement are true"),
    Question.TITLE: _l("Who owns what the agreement disposes of"),
    Question.THIRD_PARTY: _l("Whether anybody else's rights are touched"),
    Question.PERFORMED: _l("What has been performed so far"),
    Question.CLEAR: _l("Whether the clauses are clear and can be carried out"),
    Question.WITHDRAW: _l("Whether they uphold the application"),
}
LAPSE = {
    Lapse.NOT_SUPPLEMENTED: _l("Not supplemented in time without good reason"),
    Lapse.REFUSED_QUESTIONING: _l("Refuses to be questioned without good reason"),
}
BAR = {
    Bar.DIVERTED: _l("You diverted this dispute to mediation; another judge decides on the confirmation."),
    Bar.MEDIATED: _l("You mediated this dispute; another judge decides on the confirmation."),
}
EXTENDED = {
    "CONFIRM_DECIDE_TARGET": _l("The 15 days of the 2011 rules (at most 10 more)"),
    "CONFIRM_DECIDE_STAT": _l("The 30 days of the special procedure"),
}
OBSTACLE = {
    Obstacle.NOT_EFFECTIVE: _l("There is no agreement in effect on that day."),
    Obstacle.LATE: _l(
        "The application came after the last day. It had to be made within 30 days from the day the agreement took effect."
    ),
    Obstacle.NOT_JOINT: _l("All parties to the agreement apply together, each in person or through an agent."),
    Obstacle.NO_AUTHORITY: _l("An agent who applies needs special authority."),
    Obstacle.EXCLUDED_CAUSE: _l("An agreement on this cause cannot be confirmed."),
    Obstacle.ALREADY_APPLIED: _l("This agreement is already before the court for confirmation, or has been confirmed."),
    Obstacle.SUED: _l("This dispute was filed as a case: its agreement is no longer confirmed by this procedure."),
    Obstacle.RECEIVED_IN_FUTURE: _l("An application cannot have been received on a day still to come."),
    Obstacle.MATERIALS_MISSING: _l("Papers the law asks for are still missing."),
    Obstacle.JUDGE_DIVERTED: BAR[Bar.DIVERTED],
    Obstacle.JUDGE_MEDIATED: BAR[Bar.MEDIATED],
    Obstacle.NO_EXCLUSION: _l("None of the reasons of the law for not accepting has been named."),
    Obstacle.NOT_BOTH_PRESENT: _l("The parties are questioned together; somebody is not present."),
    Obstacle.UNANSWERED: _l("A question has no answer yet."),
    Obstacle.NOT_QUESTIONED: _l("The parties have not been questioned together yet."),
    Obstacle.CHECKLIST_OPEN: _l("Every ground of the law needs a finding before the ruling."),
    Obstacle.GROUND_FOUND: _l("A ground against confirmation was found: the agreement cannot be ruled valid."),
    Obstacle.NO_GROUND: _l("No ground against confirmation was found: the application cannot be dismissed."),
    Obstacle.SUPPLEMENT_RUNNING: _l("The time set for supplements has not run out yet."),
    Obstacle.NO_SUPPLEMENT_ORDERED: _l("No time for supplements was set."),
    Obstacle.NOT_CALLED: _l("The parties were not yet called to be questioned together."),
    Obstacle.DUE_IN_PAST: _l("The time limit must end on a day still to come."),
    Obstacle.NOT_ALL_SERVED: _l("The ruling has not reached every party yet."),
    Obstacle.PERIOD_OVER: _l("This period is not running any more; it cannot be extended."),
    Obstacle.EXTENSION_PENDING: _l("An extension of this period already waits for the president."),
}
LATE_AFTER = _l(
    "The last day to apply was %(day)s: 30 days from the day the agreement took effect, moved on when it was a rest day."
)
REMEDY = {
    Obstacle.LATE: _l(
        "Two lawful ways remain: the parties make a new agreement through mediation and apply within its 30 days, "
        "or one of them sues on the agreement."
    ),
    Obstacle.NOT_JOINT: _l("Wait until the others apply too, as long as the last day has not passed."),
    Obstacle.NO_AUTHORITY: _l("Have the party come in person, or record a power of attorney with special authority."),
    Obstacle.SUED: _l(
        "The judge of the case writes the agreement into a civil mediation document, or allows the action to be withdrawn."
    ),
    Obstacle.EXCLUDED_CAUSE: _l("After filing, the judge can make a civil mediation document of the agreement."),
    Obstacle.MATERIALS_MISSING: _l("Order the missing papers within a set time."),
    Obstacle.JUDGE_DIVERTED: _l("Another confirmation judge of the court opens this page and accepts."),
    Obstacle.JUDGE_MEDIATED: _l("Another confirmation judge of the court opens this page and accepts."),
    Obstacle.NOT_BOTH_PRESENT: _l("Call all parties for one time and question them together; video counts as present."),
    Obstacle.NOT_QUESTIONED: _l("Question the parties first."),
    Obstacle.CHECKLIST_OPEN: _l("Complete the check-list."),
    Obstacle.GROUND_FOUND: _l("Dismiss the application, or correct the finding."),
    Obstacle.NO_GROUND: _l("Rule the agreement valid, or correct the finding."),
    Obstacle.SUPPLEMENT_RUNNING: _l("Wait until the day after its last day."),
}
STEP = {
    "receive_materials": _l("Record papers received"),
    "order_materials": _l("Order missing papers"),
    "not_accept": _l("Do not accept"),
    "accept": _l("Accept the application"),
    "plan_questioning": _l("Call the parties"),
    "order_supplement": _l("Order supplements"),
    "supplied": _l("Supplements received"),
    "supplied_after_questioning": _l("Supplements received"),
    "question": _l("Question the parties"),
    "examine": _l("Record the findings"),
    "rule_valid": _l("Rule valid"),
    "dismiss": _l("Dismiss the application"),
    "dismiss_excluded": _l("Dismiss: not open to confirmation"),
    "withdraw": _l("Allow the withdrawal"),
    "deem_withdrawn": _l("Treat as withdrawn"),
    "serve": _l("Record service"),
}
EVENTS = {
    "confirmation.apply": _l("The parties applied together for judicial confirmation"),
    "confirmation.receive_materials": _l("Papers for the confirmation were received"),
    "confirmation.order_materials": _l("Missing papers were ordered"),
    "confirmation.not_accept": _l("The application for confirmation was not accepted"),
    "confirmation.number": _l("The application was given its case number"),
    "confirmation.name_judge": _l("Another judge took the application over"),
    "confirmation.accept": _l("The application for confirmation was accepted"),
    "confirmation.plan_questioning": _l("The parties were called to be questioned together"),
    "confirmation.order_supplement": _l("Supplements were ordered"),
    "confirmation.supplied": _l("The supplements were received"),
    "confirmation.supplied_after_questioning": _l("The supplements were received"),
    "confirmation.question": _l("The judge questioned the parties together"),
    "confirmation.examine": _l("The judge recorded the findings"),
    "confirmation.rule_valid": _l("The court ruled the agreement valid"),
    "confirmation.dismiss": _l("The court dismissed the application"),
    "confirmation.dismiss_excluded": _l("The court dismissed the application as not open to confirmation"),
    "confirmation.withdraw": _l("The court allowed the parties to withdraw the application"),
    "confirmation.deem_withdrawn": _l("The court treated the application as withdrawn"),
    "confirmation.serve": _l("The ruling has reached all parties"),
    "questioning.record": _l("The questioning was taken down"),
    "decision_extension.request": _l("The judge asked for more time to decide"),
    "decision_extension.approve": _l("The president approved more time to decide"),
    "decision_extension.refuse": _l("The president refused more time to decide"),
}
