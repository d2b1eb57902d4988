"""For which unit an act was done: of the post that carries its duty there where it was done (ADR 81, 88)."""

from wanjia.kernel.acts import line_duties

from .. import scope
from ..duties import Duty

# The duty that an act goes by, by the longest beginning of its name; declared acts say it themselves. What is not named goes by the place alone, as every act on a need does.
DUTY = {
    "upload.": Duty.IMPORT, "header.": Duty.IMPORT, "benefit.": Duty.IMPORT, "household.keep_rows": Duty.IMPORT,
    "export.": Duty.EXPORT, "export.approve": Duty.APPROVE_EXPORT, "export.refuse": Duty.APPROVE_EXPORT,
    "household.": Duty.KEEP_REGISTER, "person.": Duty.KEEP_REGISTER, "absence.": Duty.KEEP_REGISTER, "parent.": Duty.KEEP_REGISTER,
    "care.": Duty.KEEP_REGISTER, "status.": Duty.KEEP_REGISTER, "visit.": Duty.VISIT,
    "household.reveal": Duty.REVEAL, "person.reveal": Duty.REVEAL, "need.reveal": Duty.REVEAL, "person.look_up": Duty.SEE_REGISTER,
    "person.merge": Duty.JUDGE_DUPLICATES, "person.undo_merge": Duty.JUDGE_DUPLICATES, "person.keep_apart": Duty.JUDGE_DUPLICATES,
    "child.open_file": Duty.OPEN_CHILD_FILES, "child.open_notes": Duty.VISIT, "child.review_groups": Duty.KEEP_REGISTER,
    "protection.": Duty.PROTECT_CHILDREN, "journal.": Duty.READ_JOURNAL, "grid.": Duty.SET_RULES,
    **dict.fromkeys(("orgs.create_user", "orgs.give_post", "orgs.end_post", "orgs.first_password", "orgs.reset_password", "orgs.lock_user", "orgs.unlock_user"), Duty.MANAGE_USERS),
    **dict.fromkeys(("orgs.load_areas", "orgs.end_area", "orgs.keep_area_alias", "orgs.drop_area_alias", "orgs.keep_organisation",
                     "orgs.keep_organisation_alias", "orgs.end_organisation", "orgs.sponsor_area", "orgs.end_sponsorship"), Duty.MANAGE_AREAS),
    **dict.fromkeys(("orgs.load_published_workdays", "orgs.load_workdays", "orgs.keep_workday", "orgs.clear_workday", "orgs.propose_workdays",
                     "orgs.stop_recount", "orgs.resume_recount"), Duty.SET_RULES),
    **dict.fromkeys(("orgs.agree_workdays", "grid.agree"), (Duty.RECHECK_NEEDS, Duty.READ_JOURNAL)),
    **dict.fromkeys(("orgs.decline_workdays", "grid.decline"), (Duty.RECHECK_NEEDS, Duty.READ_JOURNAL, Duty.SET_RULES)),
}  # fmt: skip
ANY = scope.any_post("an act that names no duty is done by whatever post works there")


def duty_of(act):
    """Return the duty that an act of the journal goes by."""
    if declared := line_duties().get(act):
        return declared
    named = max((name for name in DUTY if act == name or (name.endswith(".") and act.startswith(name))), key=len, default=None)
    return DUTY.get(named, ANY)


def unit_for(actor, act, code=""):
    """Return the unit for which the actor did an act where `code` lies: of a post that carries its duty there, else of one that works there, else the main one."""
    duty = duty_of(act)
    return scope.unit(actor, duty=duty, code=code) or scope.unit(actor, duty=ANY, code=code) or scope.unit(actor, duty=duty) or actor.org
