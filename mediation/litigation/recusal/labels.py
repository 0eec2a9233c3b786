"""Every word shown for recusals of judges and clerks."""

from mediation.kernel.i18n import _l
from mediation.litigation.recusal.rules import Answer, Decider, Function, Ground, Obstacle, Origin, RecusalStatus

FUNCTION = {
    Function.TRIAL_JUDGE: _l("Judge of the case"),
    Function.CONFIRMATION_JUDGE: _l("Judge of the judicial confirmation"),
    Function.CLERK: _l("Clerk"),
}
GROUND = {
    Ground.PARTY_OR_KIN: _l("Is a party, or a close relative of a party or of its agent"),
    Ground.INTEREST: _l("Has an interest in the case"),
    Ground.OTHER_TIE: _l("Has another tie with a party or its agent that may affect a fair trial"),
    Ground.GIFTS: _l("Took a treat or a gift, or met a party or its agent against the rules"),
    Ground.EARLIER_PART: _l("Took part in the case before as witness, appraiser, agent or in another instance"),
}
ORIGIN = {
    Origin.PARTY: _l("A party applied"),
    Origin.OWN: _l("The person withdraws of the own accord"),
    Origin.COURT: _l("The court of its own motion"),
}
DECIDER = {
    Decider.COMMITTEE: _l("The adjudication committee"),
    Decider.PRESIDENT: _l("The president"),
    Decider.PRESIDING: _l("The judge of the case"),
}
RECUSAL_STATUS = {
    RecusalStatus.RAISED: _l("Not decided; the person is suspended from the work"),
    RecusalStatus.UPHELD: _l("The person withdraws"),
    RecusalStatus.DISMISSED: _l("Application dismissed"),
    RecusalStatus.REVIEW: _l("Under review; the work goes on"),
    RecusalStatus.CONFIRMED: _l("Dismissal confirmed on review"),
    RecusalStatus.WITHDRAWN: _l("Application taken back"),
}
TONE = {
    RecusalStatus.RAISED: "soon",
    RecusalStatus.UPHELD: "done",
    RecusalStatus.DISMISSED: "neutral",
    RecusalStatus.REVIEW: "soon",
    RecusalStatus.CONFIRMED: "neutral",
    RecusalStatus.WITHDRAWN: "neutral",
}
ANSWER = {
    Answer.UPHOLD: _l("The person withdraws; a successor is named"),
    Answer.DISMISS: _l("No ground for recusal; the person goes on with the work"),
}
STEP = {
    "uphold": _l("Decide that the person withdraws"),
    "dismiss": _l("Dismiss the application for recusal"),
    "ask_review": _l("Record the application for review"),
    "uphold_on_review": _l("Decide on review that the person withdraws"),
    "confirm": _l("Confirm the dismissal on review"),
    "withdraw": _l("Record that the application is taken back"),
}
OBSTACLE = {
    Obstacle.NOT_HERE: _l("This person does not work on the dispute in this function."),
    Obstacle.NOT_A_PARTY: _l("Choose the party who applies."),
    Obstacle.NO_WORDS: _l("The reason must be given."),
    Obstacle.NOT_THAT_DAY: _l("The day lies before the dispute was received, or in the future."),
    Obstacle.DEBATE_OVER: _l("A party may apply until the end of the debate in court."),
    Obstacle.PENDING: _l("A decision on this person's recusal is due already."),
    Obstacle.NO_JUDGE: _l("No judge has the case yet who could decide on a clerk."),
    Obstacle.NO_MINUTES: _l("Give the number of the committee's minutes."),
    Obstacle.ONLY_PARTY: _l("Only a party whose application was dismissed may ask for a review, and once."),
    Obstacle.NOT_A_SUCCESSOR: _l("This person cannot take over the work."),
    Obstacle.NAMED: _l("A successor has been named already."),
    Obstacle.PAUSED: _l("You are suspended from this dispute until your recusal has been decided."),
    Obstacle.OUT: _l("You have withdrawn from this dispute and do not act in it any more."),
}
REMEDY = {
    Obstacle.DEBATE_OVER: _l("The president may still order the recusal of the court's own motion (S2 art. 46)."),
    Obstacle.PENDING: _l("Decide it first."),
    Obstacle.NO_JUDGE: _l("Let another clerk do the work; that needs no decision."),
    Obstacle.ONLY_PARTY: _l("The president may order the recusal of the court's own motion (S2 art. 46)."),
    Obstacle.NOT_A_SUCCESSOR: _l("Choose somebody with the same function who is not concerned by a recusal."),
    Obstacle.PAUSED: _l("Urgent measures such as preservation may still be taken; a colleague does the rest."),
    Obstacle.OUT: _l("The successor or a colleague acts in it."),
}
EVENTS = {
    "bench_recusal.raise": _l("Recusal of somebody of the court was brought up"),
    "bench_recusal.uphold": _l("Somebody of the court withdraws"),
    "bench_recusal.dismiss": _l("An application for recusal was dismissed"),
    "bench_recusal.ask_review": _l("Review of the dismissal was applied for"),
    "bench_recusal.uphold_on_review": _l("On review: somebody of the court withdraws"),
    "bench_recusal.confirm": _l("The dismissal was confirmed on review"),
    "bench_recusal.withdraw": _l("An application for recusal was taken back"),
    "bench_recusal.succeed": _l("A successor was named"),
}
RAISED = _l(
    "%(title)s: your recusal has been brought up. Do nothing in it before the decision, urgent measures excepted."
)
DECIDE = _l("%(title)s: recusal of somebody of the court has been brought up. Decide on it by %(day)s.")
REVIEW = _l("%(title)s: review of a decision on recusal was applied for. Decide on it by %(day)s.")
DECIDED = _l("%(title)s: the recusal has been decided: %(result)s.")
SUCCEED = _l("%(title)s: this is now yours; your predecessor has withdrawn.")
