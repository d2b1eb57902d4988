"""What users of other systems complain of about losing, bouncing, sham closing, timing and counting: (source, complaint in our words, tests).

Each complaint names the tests that would fail if this house had the fault. `test_peers.py` asks that each of them is there and runs.
"""

CASEWORK, REGISTRY = "wanjia/casework/tests/", "wanjia/registry/tests/"
HERE = "tests/promises/test_peers.py::"

LOST = "lost or left lying"
BOUNCED = "bounced between units"
SHAM = "closed without being settled"
TIMED = "timed wrongly"
COUNTED = "counted wrongly"

COMPLAINTS = (
    # FixMyStreet
    ("FixMyStreet #897", LOST, "what is reopened does not reach the council", (f"{HERE}test_what_is_reopened_lies_on_a_desk_with_a_day",)),
    ("FixMyStreet #29", LOST, "the author comes back and nobody hears it", (f"{CASEWORK}test_household_word.py::test_not_solved_by_the_slip_acts_at_once",)),
    ("FixMyStreet #1342", COUNTED, "items under a hierarchy of bodies vanish from dashboards", (f"{HERE}test_what_an_ended_unit_held_is_still_counted_above_it",)),
    ("FixMyStreet #1323", BOUNCED, "an item of several bodies is each one's other's", (
        f"{CASEWORK}test_together.py::test_the_lead_cannot_report_done_while_a_helpers_part_is_open",
        f"{CASEWORK}test_together.py::test_what_was_sent_back_is_waited_for_until_the_lead_decides",
    )),
    ("FixMyStreet #4457", BOUNCED, "\"not our responsibility\" and nobody says who refused", (
        f"{HERE}test_a_household_reads_who_refused_and_why", f"{HERE}test_a_return_names_the_unit_and_its_rule",
    )),
    ("FixMyStreet #659", TIMED, "what is urgent waits with the rest", (f"{HERE}test_what_is_urgent_is_due_first_and_stands_first",)),
    ("FixMyStreet #2378", TIMED, "the body's own limit is not shown, nor that it has passed", (f"{HERE}test_the_slip_says_the_day_and_that_it_has_passed",)),
    ("FixMyStreet PR #5787", TIMED, "target dates are written into the code for each council", (
        f"{CASEWORK}test_grid_needs_two.py::test_what_is_no_longer_is_made_at_once",
    )),
    # Zammad, osTicket
    ("Zammad #5624", TIMED, "a timer survives a hand-over to a group that it does not fit", (
        f"{CASEWORK}test_ladder.py::test_the_needs_own_clock_goes_on_while_the_step_of_the_next_holder_begins_anew",
        f"{CASEWORK}test_contest.py::test_a_stop_granted_to_one_holder_does_not_survive_into_the_next",
        f"{CASEWORK}test_clock.py::test_no_stop_survives_into_another_hand", f"{CASEWORK}test_handing.py::test_a_stop_does_not_survive_the_hand_over",
    )),
    ("Zammad #5177", TIMED, "the time of an update overrules that of the first response", (f"{HERE}test_no_line_from_beside_puts_off_the_first_response",)),
    ("Zammad #1322", TIMED, "a reply by another channel does not move the clock", (f"{HERE}test_the_households_word_moves_the_clock_by_every_way",)),
    ("Zammad #4432", TIMED, "reminders at midnight", (f"{CASEWORK}test_ladder.py::test_nobody_is_told_at_midnight",)),
    ("Zammad #551", LOST, "nobody finds how to escalate", (f"{HERE}test_what_is_late_can_be_urged_from_its_own_page",)),
    ("Zammad's documentation", TIMED, "two limits overlap and contradict each other", (
        f"{CASEWORK}test_grid_needs_two.py::test_one_cell_is_in_force_on_each_day",
    )),
    ("Zammad's documentation", TIMED, "editing a limit re-times everything and slows everybody", (
        f"{CASEWORK}test_retiming.py::test_few_are_counted_at_once_and_many_in_a_process_of_their_own",
        f"{CASEWORK}test_promise.py::test_the_office_sees_what_would_move_before_it_confirms",
    )),
    ("osTicket #1168", TIMED, "no business hours", (f"{CASEWORK}test_ladder.py::test_nobody_is_told_on_a_day_of_rest",)),
    ("osTicket #4166", TIMED, "no holidays", ("wanjia/kernel/tests/test_calendar.py::test_every_day_of_the_year_agrees_with_the_published_table",)),
    # DIGIT PGR, CCRS
    ("CCRS EscalationService", LOST, "escalation silently skips what is assigned to nobody", (
        f"{CASEWORK}test_ladder.py::test_what_nobody_has_taken_up_climbs_too", f"{CASEWORK}test_ladder.py::test_what_was_sent_back_climbs",
    )),
    ("CCRS EscalationService", LOST, "escalation skips people without a recorded supervisor", (
        f"{CASEWORK}test_ladder.py::test_where_nobody_sits_above_the_tier_above_that_is_told",
        f"{CASEWORK}test_ladder.py::test_a_county_without_any_desk_still_climbs",
    )),
    ("CCRS discussion #773", LOST, "an item that sits in a role's inbox is not escalated", (
        f"{CASEWORK}test_ladder.py::test_a_role_inbox_is_told_though_nobody_is_named", f"{CASEWORK}test_handing.py::test_the_last_of_a_unit_hands_on_its_inbox_too",
    )),
    ("CCRS discussion #773", TIMED, "a clock for each state and one for the whole case are confused", (
        f"{CASEWORK}test_clock.py::test_stopped_days_cost_nothing_and_the_step_is_another_clock",
        f"{CASEWORK}test_household_word.py::test_grading_anew_and_handing_over_late_move_no_clock",
    )),
    ("CCRS VISIBILITY-DESIGN", COUNTED, "\"My\" shows items of other owners", (f"{HERE}test_mine_is_mine_alone",)),
    ("CCRS VISIBILITY-DESIGN", LOST, "who may see an item is stamped on it and goes stale when offices are put together", (
        f"{HERE}test_who_comes_after_sees_all_of_it_and_who_left_sees_nothing",
    )),
    # CASA
    ("CASA #1246", COUNTED, "two pages count the same thing differently", (
        f"{CASEWORK}test_dashboard.py::test_each_number_opens_exactly_its_rows",
        f"{CASEWORK}test_one_definition.py::test_no_condition_of_a_figure_stands_beside_its_definition",
    )),
    ("CASA #850", COUNTED, "a page counts by a definition of its own", (
        f"{CASEWORK}test_one_definition.py::test_the_database_and_python_judge_random_facts_alike",
        f"{CASEWORK}test_one_definition.py::test_a_second_definition_is_seen",
    )),
    # UNICEF HOPE, OpenSPP
    ("HOPE", LOST, "a closed ticket cannot be reopened", (f"{HERE}test_what_is_closed_is_reopened_under_its_number_and_first_day",)),
    ("HOPE #3276", LOST, "tickets that the system made are not found by their household", (f"{HERE}test_what_a_visit_brought_is_found_by_its_home",)),
    ("HOPE #3300, #4185", COUNTED, "duplicates are missing from the summary of an import", (f"{CASEWORK}test_round_trip.py::test_an_exported_ledger_comes_back_as_the_same",)),
    ("OpenSPP #247", COUNTED, "an import sent twice makes everything twice", (
        f"{REGISTRY}test_importing.py::test_the_same_file_again_changes_nothing",
        f"{REGISTRY}test_households.py::test_the_same_rows_twice_change_nothing",
    )),
    # OpenCRVS
    ("OpenCRVS #3789", LOST, "a record leaks into every office's queue, and is nobody's", (f"{HERE}test_a_need_lies_in_one_units_queue",)),
    ("OpenCRVS #11404", BOUNCED, "what was escalated can still be acted on where it was", (
        f"{CASEWORK}test_ladder.py::test_what_was_raised_is_no_longer_moved_where_it_was",
        f"{CASEWORK}test_sessions.py::test_what_was_raised_over_a_session_is_decided_by_the_one_above",
    )),
    ("OpenCRVS #8027", LOST, "stuck records are not flagged to seniors", (
        f"{CASEWORK}test_ladder.py::test_a_village_that_does_not_answer_is_raised_to_its_township_then_to_the_county",
    )),
    ("OpenCRVS #8078", LOST, "nothing goes from one office to another", (
        f"{CASEWORK}test_nobody_left.py::test_what_an_ended_unit_held_is_handed_on_under_the_same_clock",
    )),
    ("OpenCRVS #7215", COUNTED, "two offline copies pass unflagged", (
        f"{CASEWORK}test_same_need_at_once.py::test_one_is_written_and_the_others_are_asked",
        "tests/promises/test_phone_and_server.py::test_phones_and_server_agree_whatever_the_network_does",
    )),
    # CommCare, CHT
    ("CommCare help", LOST, "who leaves takes the cases along, or they are nobody's", (f"{CASEWORK}test_handing.py::test_nobody_leaves_before_each_need_has_a_taker",)),
    ("CHT forum 3440", LOST, "moving a place is a pain, for who owns it decides what is seen", (
        f"{CASEWORK}test_handing.py::test_a_new_name_moves_nothing_and_a_new_place_moves_all",
    )),
    # 12345 hotlines and the like
    ("12345, thearxiv 91b420254709", COUNTED, "many complain of one thing, and it is counted as many things or as one complaint", (
        f"{CASEWORK}test_matters.py::test_needs_and_matters_are_counted_by_one_definition_today_and_for_any_past_day",
        f"{CASEWORK}test_matters.py::test_each_need_keeps_its_number_date_and_owner_and_leaves_with_all_of_it",
    )),
    ("12345, 163.com KKHJRLD9", BOUNCED, "units send an item to and fro (退单)", (
        f"{CASEWORK}test_contest.py::test_ping_pong_ends_at_the_second_return",
        f"{CASEWORK}test_sessions.py::test_a_second_return_is_handed_over_by_a_session_alone_and_its_choice_is_not_sent_back",
    )),
    ("12345, 163.com KKHJRLD9", TIMED, "the clock does not start until a unit signs", (
        f"{CASEWORK}test_contest.py::test_the_clock_runs_before_anybody_signs",
    )),
    ("12345, 163.com KMQ2IFSU", BOUNCED, "sent to the wrong unit, then on and on", (
        f"{CASEWORK}test_assigning.py::test_who_sent_it_back_or_cannot_sign_is_not_suggested",
        f"{CASEWORK}test_sessions.py::test_a_return_comes_within_a_working_day",
    )),
    ("12345, 163.com KMQ2IFSU", SHAM, "fake closing", (
        f"{CASEWORK}test_household_word.py::test_one_clerk_cannot_fake_the_word_any_more",
        f"{CASEWORK}test_household_word.py::test_whoever_has_a_part_may_not_call_back",
        f"{CASEWORK}test_household_word.py::test_the_handling_unit_does_not_recheck_itself",
        f"{CASEWORK}test_honesty.py::test_sham_closing_is_found_by_the_tier_above_after_it_was_struck_off",
        f"{CASEWORK}test_patterns.py::test_a_pattern_draws_its_needs_into_the_list_once",
    )),
    ("12345, 163.com KMQ2IFSU", COUNTED, "scores do not separate unreasonable demands", (f"{HERE}test_unreasonable_demands_are_counted_apart",)),
    ("12345, fudaoke 3285529", SHAM, "the rate of closing is prized over that of settling", (
        f"{CASEWORK}test_dashboard.py::test_the_claim_and_the_households_word_stand_side_by_side",
        f"{CASEWORK}test_figures.py::test_the_confirmed_rate_is_of_what_was_reported_and_never_the_handlers_word",
        f"{CASEWORK}test_one_definition.py::test_a_need_closed_without_being_settled_stays_unsettled",
    )),
    ("12345, fudaoke 3285529", SHAM, "\"not reasonable\" is used to dodge", (
        f"{CASEWORK}test_figures.py::test_a_declined_need_stays_counted",
        f"{CASEWORK}test_appeals.py::test_declining_and_asking_again_in_turn_is_late_in_the_end",
    )),
    ("12345, whcdrm 22984", LOST, "an item that nobody would own for days", (
        f"{CASEWORK}test_contest.py::test_it_stays_owned_and_dated_until_the_session_decides",
        f"{CASEWORK}test_ladder.py::test_what_is_not_signed_for_climbs",
    )),
    ("12345, thearxiv 91b420254709", SHAM, "people complain again, for it was only said to be done", (
        f"{CASEWORK}test_figures.py::test_the_households_no_takes_a_need_out_of_settled",
        f"{CASEWORK}test_honesty.py::test_the_same_home_with_the_same_matter_counts_against_the_first_closing",
        f"{CASEWORK}test_matters.py::test_a_repeat_of_one_home_is_proposed_and_one_that_had_ended_is_voiced_again",
    )),
    ("四平台, fx361 11233639", BOUNCED, "the matter is the township's, the power the county's", (
        f"{CASEWORK}test_raised.py::test_handed_back_to_a_village_it_is_raised_past_the_township_that_did_not_answer",
    )),
)  # fmt: skip
