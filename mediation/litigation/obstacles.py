"""Why a step of a filed case, which the table would allow, is not possible, each with its article."""

import enum


class Obstacle(enum.StrEnum):
    """Why a step the table would allow is not possible."""

    MEDIATION_UNDER_WAY = "mediation_under_way"
    NO_AGREEMENT = "no_agreement"
    FEE_UNPAID = "fee_unpaid"
    FEE_PAID = "fee_paid"
    RELIEF_OPEN = "relief_open"
    TIME_TO_PAY = "time_to_pay"
    EXCLUDED = "excluded"
    NOT_A_FAST_TRACK_JUDGE = "not_a_fast_track_judge"
    NOT_A_TRIBUNAL = "not_a_tribunal"
    JUDGE_MEDIATED = "judge_mediated"
    JUDGE_APART = "judge_apart"
    WAGE_NOT_SET = "wage_not_set"
    WAGE_KNOWN = "wage_known"
    NO_WAGE = "no_wage"
    NOT_SMALL = "not_small"
    MUST_BE_SMALL = "must_be_small"
    BOTH_MUST_AGREE = "both_must_agree"
    NOT_SUMMARY = "not_summary"
    LIMIT_OVER = "limit_over"
    NOT_HEARD = "not_heard"
    NOT_SERVED = "not_served"
    NO_DOCUMENT = "no_document"
    NOT_YET = "not_yet"
    NOT_UNDER_SMALL = "not_under_small"
    OBJECTION_OPEN = "objection_open"
    NOT_SOLE = "not_sole"
    NO_REASON = "no_reason"
    NO_SUPPLEMENT = "no_supplement"
    NO_JUDGE = "no_judge"
    NO_PANEL = "no_panel"
    NO_CLERK = "no_clerk"
    JURISDICTION_OPEN = "jurisdiction_open"
    NOT_AWAY = "not_away"
    CLAIM_UNDECIDED = "claim_undecided"
    CLAIM_GOES_ON = "claim_goes_on"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.MEDIATION_UNDER_WAY: "S12 point 5",
    Obstacle.NO_AGREEMENT: "S12 point 4",
    Obstacle.FEE_UNPAID: "S10 art. 22",
    Obstacle.FEE_PAID: "S10 art. 22",
    Obstacle.RELIEF_OPEN: "S2 art. 213",
    Obstacle.TIME_TO_PAY: "S10 art. 22",
    Obstacle.EXCLUDED: "S2 art. 257",
    Obstacle.NOT_A_FAST_TRACK_JUDGE: "CPL art. 40",
    Obstacle.NOT_A_TRIBUNAL: "",
    Obstacle.JUDGE_MEDIATED: "CPL art. 47",
    Obstacle.JUDGE_APART: "CPL arts 47, 48",
    Obstacle.WAGE_NOT_SET: "S2 art. 272",
    Obstacle.WAGE_KNOWN: "S2 art. 272",
    Obstacle.NO_WAGE: "CPL art. 165",
    Obstacle.NOT_SMALL: "CPL arts 165, 166",
    Obstacle.MUST_BE_SMALL: "CPL art. 165",
    Obstacle.BOTH_MUST_AGREE: "CPL art. 165",
    Obstacle.NOT_SUMMARY: "CPL art. 160",
    Obstacle.LIMIT_OVER: "S2 art. 258",
    Obstacle.NOT_HEARD: "CPL art. 155",
    Obstacle.NOT_SERVED: "CPL art. 100; S2 art. 149",
    Obstacle.NO_DOCUMENT: "CPL art. 100",
    Obstacle.NOT_YET: "",
    Obstacle.NOT_UNDER_SMALL: "CPL art. 169",
    Obstacle.OBJECTION_OPEN: "CPL arts 43, 169; S2 arts 269, 279",
    Obstacle.NOT_SOLE: "CPL art. 43",
    Obstacle.NO_REASON: "CPL art. 157",
    Obstacle.NO_SUPPLEMENT: "S2 art. 199",
    Obstacle.NO_JUDGE: "CPL arts 40, 97, 100, 157",
    Obstacle.NO_CLERK: "CPL arts 100, 157",
    Obstacle.NO_PANEL: "CPL art. 40",
    Obstacle.JURISDICTION_OPEN: "CPL art. 130",
    Obstacle.NOT_AWAY: "CPL arts 37, 130",
    Obstacle.CLAIM_UNDECIDED: "S2 arts 232, 233",
    Obstacle.CLAIM_GOES_ON: "S2 arts 237, 239",
}
