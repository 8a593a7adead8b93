"""Every hard case of the design of access, by name, with the test that holds it; or why none does yet.

In the order of the design: the facts, what people see, how it is proved. A test holds that each named test exists.
"""

HARD, LAWS = "tests/unit/access/test_hard_cases.py", "tests/unit/access/test_laws.py::test_it_holds"
PAIRS, MATRIX = "tests/twins/test_pairs.py::test_what_others_do_unseen_changes_no_byte", "tests/twins/test_matrix.py"
PUBLISHED = "tests/unit/access/test_published.py::test_it_is_decided_as_published"
SHARING, REFERRAL = "tests/integration/sharing/test_sharing.py", "tests/integration/referral/test_referral.py"
GLASS, OWN = "tests/integration/sharing/test_emergencies.py", "tests/integration/web/own/test_own_pages.py"
LOOKS = "tests/integration/sharing/test_withheld_looks.py"
ACCOUNT = "tests/integration/web/consents/test_looked_in_an_emergency.py"
MORE = "tests/integration/web/own/test_asking_for_more.py"
PROXY = "tests/integration/web/own/test_proxies.py"
OWED = "tests/integration/sharing/test_owed_and_closed.py"
CLOSED = "tests/integration/sharing/test_closed_stays_closed.py"
CHANGING = "tests/integration/web/consents/test_changing.py"
AGAIN = "tests/integration/web/consents/test_sent_again.py"
BY_NAME = "tests/integration/web/consents/test_by_name.py"
BUT_NOT = "tests/integration/web/consents/test_but_not.py"
CLASSES = "tests/integration/sharing/test_classes.py"
THROUGH = "tests/integration/web/consents/test_intermediary.py"
QUALIFIED = "tests/integration/organisations/test_qualified.py"
CHAINS, DENIAL = f"{HARD}::TestChainsOverThreeServices", f"{HARD}::TestANamedDenial"

CASES: dict[str, str] = {
    # The facts
    "two services may hold one human and neither learns of the other": PAIRS,
    "no unique constraint reaches across services": (
        "tests/building/test_privacy.py::test_no_unique_constraint_reaches_across_services"
    ),
    "an id means nothing, and says no order": LAWS,
    "a link opens nothing by itself": f"{SHARING}::test_nothing_agreed_shares_nothing",
    "a link that is undone ends what names it": (
        f"{SHARING}::test_taken_apart_ends_on_both_sides_what_the_referral_carried"
    ),
    "a link that is undone makes them two people again": f"{SHARING}::test_unlinking_makes_them_two_people_again",
    "why a link was undone is told to no other service": (
        "tests/integration/web/consents/test_apart.py"
        "::test_the_privacy_lead_of_each_service_reads_it_and_why_is_told_to_neither"
    ),
    "a derived record needs all of its kinds": f"{HARD}::test_a_denial_closes_what_is_needed_beside_it",
    "a copy stays with its holder": f"{CHAINS}::test_withdrawn_at_the_first_it_stays_with_whoever_holds_the_copy",
    "a copy is open to others where its source is": (
        "tests/integration/plan/test_passed_on.py::test_somebody_else_reads_it_only_where_both_services_are_open"
    ),
    "a named denial travels with the copy": f"{CHAINS}::test_a_named_denial_travels_with_the_copy_to_its_holder",
    "a task about a copy tells whom the copy is closed to by name nothing of it": (
        f"{OWED}::TestWhatAnotherServiceTold::test_whom_it_is_closed_to_is_not_told_that_there_is_something"
    ),
    "a task that one may not see by name is their team's all the same": (
        f"{OWED}::TestWhatAnotherServiceTold::test_it_is_not_lost_a_colleague_of_the_team_reads_it"
    ),
    "a question that is closed by name to whoever took it is their team's again": (
        f"{OWED}::TestAQuestion::test_taken_by_whom_it_is_closed_to_since_it_is_their_teams_again"
    ),
    "a newer signature replaces the whole line": f"{SHARING}::test_a_newer_choice_takes_the_place_of_the_older",
    "a newer signature lifts no refusal, not even in an emergency": (
        f"{CLOSED}::test_a_new_choice_leaves_a_refusal_even_in_an_emergency"
    ),
    "a choice that is changed keeps what nobody touched": (
        f"{CHANGING}::test_saved_again_as_it_was_drawn_nothing_changes"
    ),
    "whoever is left out by name is left out of what is added later": (
        f"{BUT_NOT}::TestKindsThatAreAddedLater::test_whoever_is_left_out_sees_none_of_them"
    ),
    "another referral lets in nobody who is left out by name": (
        f"{BUT_NOT}::TestAnotherReferral::test_whoever_is_left_out_stays_left_out"
    ),
    "one tick changes one kind": f"{CHANGING}::test_one_tick_changes_that_kind_alone",
    "a withdrawn consent does not come back from a form sent again": (
        f"{AGAIN}::test_a_withdrawn_consent_does_not_come_back_from_a_form_sent_again"
    ),
    "a page drawn before a choice changed does not overwrite it": (
        f"{AGAIN}::test_what_changed_meanwhile_is_not_overwritten"
    ),
    "what was agreed until treatment ends is over with the discharge": (
        "tests/integration/sharing/test_ends_with_treatment.py::test_it_ends_with_the_discharge_and_nothing_else_does"
    ),
    "what is stopped for one service is closed to it where a class opens it": (
        f"{CLASSES}::test_stopping_one_service_closes_its_page"
    ),
    "a page says what reaches a service through a class": (
        f"{CLASSES}::test_the_page_says_what_reaches_them_through_the_class"
    ),
    "a consent for another purpose stands beside the one for care": (
        "tests/integration/web/consents/test_other_purposes.py"
        "::TestRecording::test_what_is_agreed_for_care_is_changed_without_them"
    ),
    "a consent for one purpose opens nothing for another": (
        "tests/unit/consent/test_purposes_open_nothing_else.py::test_it_opens_what_it_says_and_no_more"
    ),
    "a name follows its human into another job, and a team does not": (
        f"{BY_NAME}::TestByName::test_whoever_changes_jobs_keeps_what_names_them_and_their_old_team_gives_them_nothing"
    ),
    "a name is left behind by whoever goes to another partnership": (
        f"{BY_NAME}::TestByName::test_whoever_goes_to_another_partnership_takes_nothing_with_them"
    ),
    "whoever is left out by name stays so though they left": (
        f"{BY_NAME}::TestAllButSome::test_whoever_left_stays_left_out"
    ),
    "people close their record by themselves, at once": (
        "tests/integration/web/own/test_closing_by_themselves.py::test_whom_it_is_closed_to_finds_nothing_from_then_on"
    ),
    "a newer no opens nothing that an older one closed": (
        f"{CLOSED}::test_a_newer_refusal_opens_nothing_that_an_older_one_of_the_same_recipient_closed"
    ),
    "closing some of it ends nothing that is agreed": f"{CLOSED}::test_closing_some_of_it_leaves_the_rest_shared",
    "an exception pierces its own consent's denial only": LAWS,
    "each missing element of a consent is named": (
        "tests/integration/web/consents/test_elements.py::TestUnderPart2::test_each_missing_element_is_named_and_nothing_is_saved"
    ),
    "a consent to a class names the intermediary that passes it on": (
        f"{THROUGH}::TestWhatIsSigned::test_nothing_is_saved_that_does_not_name_it"
    ),
    "whoever works for a programme by an agreement sees nothing once it ends": (
        f"{QUALIFIED}::TestWhatItOpens::test_the_next_request_after_the_end_sees_nothing"
    ),
    "nor before it begins, nor after the day it was agreed until": (
        f"{QUALIFIED}::TestWhatItOpens::test_nor_does_one_after_the_day_it_was_agreed_until"
    ),
    "what others share with a programme is not for whoever works for it by an agreement": (
        f"{QUALIFIED}::TestWhatItOpens::test_what_others_share_with_the_service_is_not_theirs"
    ),
    "whoever works for a programme by an agreement refers nobody": (
        f"{QUALIFIED}::TestWhatTheyNeverDo::test_they_refer_nobody"
    ),
    "a person gets the list of who received what through an intermediary": (
        f"{THROUGH}::TestWhoReceived::test_it_names_who_received_when_and_what_and_nobody_else"
    ),
    "a consent for one programme under Part 2 is none for what another discloses": (
        "tests/integration/web/referrals/test_part_2.py::test_a_consent_of_the_sender_is_none_of_the_receivers"
    ),
    "a recipient cannot give itself a need": f"{HARD}::test_a_recipient_cannot_give_itself_a_need",
    "to evaluate is no need for care": f"{HARD}::test_an_evaluating_need_is_none_for_care",
    "a named act of the person opens nothing to whoever names it": (
        "tests/integration/sharing/test_who_may_change_it.py::test_an_act_named_as_the_reason_opens_nothing"
    ),
    "a role is a ceiling for own and for others' records": LAWS,
    "consents are records, and not the recipient's to read": (
        f"{SHARING}::test_the_recipient_sees_nothing_of_the_choices_themselves"
    ),
    "hard bars, then emergencies, then denials, then permits": PUBLISHED,
    "a page is drawn again where a consent changed under it": (
        "tests/integration/access/test_reading.py::test_a_page_is_read_again_if_a_consent_changed_under_it"
    ),
    "nothing is shown that cannot be entered in the ledger": (
        "tests/integration/access/test_reading.py::test_nothing_is_shown_if_the_entry_cannot_be_written"
    ),
    "what is seen together by two (`Access.together`)": (
        "tests/integration/access/test_together.py::test_two_see_together_what_both_see"
    ),
    "the database refuses by itself": (
        "tests/integration/access/test_wall.py::TestTheLaw::test_the_wall_lets_through_what_is_decided"
    ),
    # What people see
    "absence is silent on every page": PAIRS,
    "whom one may close the record to is the same list for everybody": (
        "tests/integration/web/consents/test_closing.py::test_the_list_of_names_is_the_same_for_everybody"
    ),
    "ask the person for more: no and silence read alike": f"{MORE}::TestNoAndSilence::test_they_read_alike",
    "ask the person for more: yes makes a dated line": f"{MORE}::TestTheAnswer::test_yes_is_previewed_signed_and_dated",
    "ask the person for more stands on every page about everybody": (
        f"{MORE}::TestAsking::test_the_page_is_there_for_everybody"
    ),
    "withdrawal closes at once, on that side only": f"{SHARING}::test_withdrawal_closes_at_once_and_on_that_side_only",
    "what was asked returns when it can no longer be read": (
        "tests/integration/consultation/test_when_sharing_ends.py::test_a_question_that_can_no_longer_be_read_returns_to_the_asker"
    ),
    "after each change the holder of each open task can see it": (
        "tests/integration/sharing/test_nothing_is_nowhere.py::test_after_every_step_every_open_thing_has_one_holder"
    ),
    "a sender cannot read what the receiver holds": f"{REFERRAL}::test_the_sender_cannot_read_what_the_receiver_holds",
    "a self-referral of somebody known looks the same": (
        f"{REFERRAL}::test_a_self_referral_of_somebody_known_looks_the_same"
    ),
    "a proxy sees no more than the person": LAWS,
    "a proxy's own sign-in, until the age can be reached": (
        f"{PROXY}::TestAParent::test_they_look_until_the_age_can_be_reached"
    ),
    "a proxy sees neither the choices nor the ledger": (
        f"{PROXY}::TestWhatTheySee::test_no_choices_no_ledger_and_nothing_to_choose"
    ),
    "a proxy that was ended sees nothing at the next request": (
        f"{PROXY}::TestTheEnd::test_the_person_ends_it_and_the_next_request_opens_nothing"
    ),
    "an emergency looks one person up by what was typed, for an hour": (
        f"{GLASS}::test_it_opens_for_an_hour_to_whoever_looked_and_to_nobody_else"
    ),
    "an emergency answers alike where nobody exists": (
        "tests/integration/web/emergencies/test_emergency_pages.py"
        "::test_what_may_not_be_opened_answers_byte_for_byte_like_nobody"
    ),
    "an emergency overrides denials and changes no consent": (
        f"{GLASS}::test_a_no_gives_way_to_it_and_stands_afterwards"
    ),
    "not even in an emergency": f"{GLASS}::test_not_even_in_an_emergency_stays_shut",
    "attempts for nobody are reviewed too": f"{GLASS}::test_a_review_is_owed_for_each_side_and_for_nobody",
    "the privacy lead has it at once": (
        "tests/integration/web/emergencies/test_emergency_pages.py"
        "::test_each_services_privacy_lead_has_it_to_review_at_once"
    ),
    "the person can see that somebody looked": f"{GLASS}::test_the_person_finds_it_in_their_own_view",
    "a look in an emergency is accounted for as one, whether or not something was agreed": (
        f"{ACCOUNT}::test_the_person_reads_it_with_what_the_review_found"
    ),
    "why something was open is said of the reader, and not of whoever else needed to know": (
        "tests/integration/web/consents/test_why_it_was_open.py"
        "::test_whoever_treats_them_and_oversees_privacy_oversees_in_that_role"
    ),
    "a look in an emergency is withheld for safety with a second person's review": (
        f"{LOOKS}::test_a_second_person_decides"
    ),
    "a look that is withheld is in no account of the person's": (
        f"{LOOKS}::test_a_look_that_is_withheld_is_not_in_the_persons_account"
    ),
    "what is withheld takes no place of a page": (
        "tests/integration/sharing/test_pages_of_an_account.py"
        "::test_whichever_place_it_would_have_had_each_page_is_full"
    ),
    "a look that nobody decided about is the person's to read again": f"{LOOKS}::test_without_a_decision_it_comes_back",
    "Part 2 opens in an emergency to medical staff, with what 2.51 asks": (
        f"{GLASS}::test_a_part_2_programme_opens_to_medical_staff_who_write_it_down"
    ),
    "a push without consent is a copy and never a grant": (
        "tests/integration/safety/test_disclosing.py::TestOutside::test_it_opens_nothing"
    ),
    "a sender hears the same whether they are known there": (
        "tests/integration/safety/test_disclosing.py::TestAPartner::test_the_sender_hears_the_same_whether_they_are_known_there"
    ),
    "self has bars: what is withheld is decided by a second person": (
        "tests/integration/safety/test_withholding.py::TestADisclosure::test_nobody_reviews_their_own"
    ),
    "the preview is what the recipient would see, whole in the person's own sign-in": (
        f"{OWN}::TestWhatTheyChoose::test_preview_shows_the_record_and_saves_nothing"
    ),
    "what a preview calls open is what is decided": (
        "tests/unit/consent/test_seeing.py::test_the_preview_and_the_law_agree"
    ),
    "a preview says nothing of whether the other service knows the person": (
        "tests/integration/web/consents/test_as_the_recipient.py::test_it_says_nothing_of_whether_they_know_the_person"
    ),
    "what is saved is what was read back": (
        "tests/integration/web/consents/test_whole_sentence.py"
        "::test_each_element_that_is_changed_after_the_preview_is_caught"
    ),
    "each part of appointments and safety only is refused by a tick": (
        "tests/integration/web/consents/test_sharing_pages.py::TestNameByName::test_what_is_ticked_is_left_out"
    ),
    "narrowed in the person's own sign-in, the other service's page closes": (
        f"{OWN}::TestWhatTheyChoose::test_narrowing_closes_the_other_services_page_at_once"
    ),
    "bars of two merged registrations unite, permits intersect, and unmerging restores the bytes": (
        "tests/integration/sharing/test_same_human.py::TestTakenApart::test_every_row_is_as_it_was"
    ),
    "Part 2 leaves with its notice and scope": (
        "tests/integration/web/consents/test_notice.py"
        "::test_the_recipient_reads_the_notice_and_the_scope_on_each_page_that_shows_their_records"
    ),
    "the review of a look holds what was seen, however busy the services were": (
        "tests/integration/web/emergencies/test_busy.py::test_the_review_holds_what_was_seen_however_busy_it_was"
    ),
    "the account names to whom a referral went, and of what": (
        "tests/integration/web/consents/test_to_whom.py::test_a_referral_says_to_whom_and_of_what"
    ),
    "whose name is not known reads as somebody, and never as the person": (
        "tests/integration/web/own/test_who_looked.py::test_whose_name_is_not_known_is_somebody_and_not_the_person"
    ),
    "an emergency is looked in so often and no more, whoever exists": (
        "tests/integration/web/emergencies/test_how_often.py::test_as_often_as_one_may_and_no_more"
    ),
    "that the same was signed again is not the recipient's to know": (
        "tests/integration/web/consents/test_reasons.py::test_the_recipient_does_not_learn_that_they_signed_again"
    ),
    # How it is proved
    "decide and visible are equal": "tests/integration/access/test_law.py::test_the_predicate_permits_what_is_decided",
    "Cedar says the same": "tests/law/test_law.py::test_cedar_says_the_same",
    "every small world": "tests/law/test_law.py::test_every_small_world",
    "twin worlds": PAIRS,
    "the endpoint matrix": f"{MATRIX}::test_cells_answer_what_the_table_says",
    "nothing is shown, sent or taken away after the acknowledgement of a withdrawal": (
        "tests/races/test_races.py::test_nothing_is_shown_after_the_acknowledgement"
    ),
    "canaries in every field": (
        "tests/canaries/test_canaries.py::test_nothing_is_leaked_unaudited_over_audited_or_spilled"
    ),
    "what staff type to find somebody is in no address, header or log": (
        "tests/canaries/test_canaries.py::test_what_staff_type_to_find_people_is_in_no_address_header_or_log"
    ),
    "a swapped id reads as one that nothing has": f"{MATRIX}::TestSwappedIds::test_in_every_place",
    "A to B to C, withdrawn at the first": f"{CHAINS}::test_withdrawn_at_the_first_it_is_closed_to_the_third",
    "A to B to C, withdrawn at the second": f"{CHAINS}::test_withdrawn_at_the_second_it_is_closed_to_the_third",
    "a copy of a copy answers to both": f"{CHAINS}::test_a_copy_of_a_copy_answers_to_both",
    "a starter against a named denial": f"{DENIAL}::test_a_starter_is_bound_from_the_first_day",
    "a leaver": f"{DENIAL}::test_a_leaver_speaks_for_nobody",
    "a leaver is gone at the next request": (
        "tests/integration/organisations/test_who_is_here.py::test_a_role_that_ended_is_not_there_at_the_next_request"
    ),
    "two jobs against a named denial": f"{DENIAL}::test_another_job_does_not_get_round_it",
    "cover against a named denial": f"{DENIAL}::test_cover_does_not_get_round_it",
    "restoring an old backup resurrects no consent": (
        "tests/stolen/test_put_right.py::TestPutRight::test_what_was_withdrawn_since_is_withdrawn"
    ),
    "a model without a registration fails the build": (
        "tests/building/test_privacy.py::test_what_is_personal_or_sensitive_is_a_record"
    ),
}

# Hard cases that no test here holds, because what they are about is not built, or is built and proved elsewhere.
OPEN: dict[str, str] = {
    "chosen one-bit channels, opt-in and audited": "none is built: twin worlds expect no byte",
    "messages: one recipient each, the sender's name per service": "email to the person alone",
    "differencing of releases over time and audiences": "no cohorts frozen per period yet",
}
