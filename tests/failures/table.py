"""Which test rehearses which failure: F1 to F22 of the design, each with the tests that show what is required.

`test_table.py` holds it against the files. Tests of this folder run on both stores, unless they are about one of them.
"""

from __future__ import annotations

from typing import Final

STORE = "store/contract_atomic.py::test_"
FAILURES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "F1": (
        "a double click on confirm",
        (
            "failures/test_races.py::test_f1_a_confirmation_pressed_fifty_times_registers_once_and_shows_success_to_all",
            "failures/test_races_of_processes.py::test_f1_processes_that_confirm_one_draft_register_once_and_all_show_success",
            "journeys/test_journeys.py::test_a_double_click_on_confirm_makes_one_user",
        ),
    ),
    "F2": (
        "fifty choose one Internet user ID",
        (
            "failures/test_races.py::test_f2_of_fifty_who_want_one_id_one_gets_it_and_the_others_are_told_taken",
            "failures/test_races_of_processes.py::test_f2_of_processes_that_confirm_one_id_one_succeeds_and_the_others_are_told_taken",
            "journeys/test_crowd.py::test_of_fifty_simultaneous_confirmations_of_one_id_one_is_registered_and_the_others_are_told_taken",
        ),
    ),
    "F3": (
        "two registrations of one account",
        (
            "failures/test_races.py::test_f3_of_fifty_registrations_of_one_account_one_wins_and_the_others_are_not_recognised",
        ),
    ),
    "F4": (
        "two tabs change one basic password",
        (
            "failures/test_races.py::test_f4_of_fifty_tabs_that_change_one_basic_password_one_wins_and_the_others_begin_anew",
        ),
    ),
    "F5": (
        "one CAPTCHA is answered many times",
        ("failures/test_races.py::test_f5_of_fifty_answers_to_one_captcha_one_is_judged",),
    ),
    "F6": (
        "kill -9 at any point, or the power goes",
        (
            "failures/test_f06_killed_at_every_point.py::test_killed_at_any_point_a_transaction_is_whole_or_absent_and_can_be_sent_again",
            "failures/test_f06_killed_at_random.py::test_two_hundred_kills_lose_nothing_that_was_acknowledged",
            "failures/test_f06_power_lost.py::test_a_first_start_can_be_repeated",
            "failures/test_f06_power_lost.py::test_what_visitors_were_told_is_still_there",
            "failures/test_f06_power_lost.py::test_workspaces_are_as_their_makers_were_told",
            "failures/test_f06_served.py::test_a_portal_that_died_at_any_point_of_a_form_takes_the_same_form_after_its_restart",
            "failures/test_f06_served.py::test_a_portal_that_died_of_a_testers_call_takes_it_again",
            "failures/test_f06_served.py::test_a_workspace_in_the_middle_of_which_the_portal_died_is_wholly_there_or_made_anew",
            "journeys/test_kills.py::test_what_was_acknowledged_survives_any_kill_and_nothing_is_half_there",
        ),
    ),
    "F7": (
        "the disk is full",
        (
            "failures/test_f07_disk_full.py::test_a_served_form_that_finds_no_room_is_unavailable_and_done_once_there_is_room",
            "failures/test_f07_disk_full.py::test_a_store_that_may_grow_no_page_is_full_until_it_may",
            "failures/test_f09_server_unable.py::test_a_form_whose_last_write_finds_no_room_or_is_overtaken_leaves_nothing_half_done",
            "store/test_sqlite_faults.py::test_a_full_disk_undoes_the_block_and_leaves_the_store_usable",
        ),
    ),
    "F8": (
        "the database is locked",
        (
            "failures/test_f08_locked.py::test_a_form_that_finds_the_store_held_is_told_when_to_come_again",
            "failures/test_f08_locked.py::test_a_look_goes_on_while_another_process_writes",
            "failures/test_f08_locked.py::test_a_store_that_cannot_even_be_read_still_gets_a_page",
            "store/test_sqlite_busy.py::test_waiting_for_other_threads_is_taken_off_the_time_to_wait_for_other_processes",
            "failures/test_f09_server_unable.py::test_a_form_that_deadlocks_with_somebody_else_gives_way_and_is_taken_again",
            "store/test_postgres_faults.py::test_a_row_that_another_writer_holds_is_waited_for_and_then_told_as_busy",
            "store/test_postgres_faults.py::test_what_was_overtaken_is_tried_anew_but_not_for_ever",
        ),
    ),
    "F9": (
        "the file is read-only, missing or damaged",
        (
            "failures/test_f09_file_gone.py::test_a_form_that_finds_no_store_makes_none_and_is_done_once_it_is_back",
            "failures/test_f09_file_gone.py::test_a_store_that_may_not_be_written_is_read_on_and_written_again_once_it_may",
            "failures/test_f09_file_gone.py::test_a_store_that_was_overwritten_is_unavailable_and_left_as_it_is",
            "failures/test_f09_server_unable.py::test_a_form_that_finds_no_schema_makes_none_and_is_done_once_it_is_back",
            "failures/test_f09_server_unable.py::test_a_server_that_may_only_be_read_is_read_on_and_written_again_once_it_may",
            "store/test_sqlite_refusals.py::test_a_file_that_is_no_database_is_refused_and_keeps_its_content",
            "store/test_sqlite_refusals.py::test_a_file_that_may_not_be_written_is_refused",
            "cli/test_refusals.py::test_a_store_that_cannot_be_used_is_told_plainly",
        ),
    ),
    "F10": (
        "the store goes away in the middle of a request, and comes back",
        (
            "failures/test_f09_file_gone.py::test_a_store_that_goes_while_a_password_is_hashed_has_nothing_half_done",
            "failures/test_f09_file_gone.py::test_a_running_portal_outlives_its_file_and_goes_on_when_it_is_back",
            "failures/test_f10_server_gone.py::test_a_form_whose_connection_is_ended_at_any_point_is_unavailable_or_done_and_is_taken_again",
            "failures/test_f10_server_gone.py::test_a_connection_that_is_ended_while_a_password_is_hashed_is_not_missed",
            "failures/test_f10_server_gone.py::test_every_form_that_was_open_while_the_server_was_away_is_taken_once_it_is_back",
            "failures/test_f10_server_gone.py::test_a_running_portal_outlives_its_server_and_goes_on_when_it_is_back",
            "failures/test_f10_crash_under_load.py::test_a_server_that_crashes_under_its_writers_loses_nothing_that_was_acknowledged",
        ),
    ),
    "F11": (
        "the portal's clock jumps",
        (
            "failures/test_f11_clock_jumps.py::test_wherever_the_clock_jumps_nothing_revives_and_histories_grow_by_one",
            "flows/test_sessions.py::test_a_clock_set_back_before_the_login_ends_the_session",
        ),
    ),
    "F12": (
        "the machine's clock is set",
        (
            "failures/test_f12_time_server.py::test_a_form_is_taken_though_the_machines_clock_was_set_in_between",
            "failures/test_f12_time_server.py::test_a_visit_goes_on_while_the_clock_is_set_back_and_catches_up",
            "web/test_cookies.py::test_the_cookie_does_not_age_with_the_machines_clock",
        ),
    ),
    "F13": (
        "maintenance begins in the middle",
        (
            "failures/test_f13_closing_time.py::test_a_form_that_was_judged_open_is_finished_though_the_portal_closes_meanwhile",
            "failures/test_f13_closing_time.py::test_a_form_that_comes_as_the_portal_has_closed_changes_nothing_and_goes_on_afterwards",
            "web/test_maintenance.py::test_the_portal_is_closed_from_the_first_second_of_the_window_to_the_last",
            "journeys/test_maintenance_table.py::test_the_portal_closes_and_reopens_to_the_second",
        ),
    ),
    "F14": (
        "an exception after the commit, before the answer",
        (
            "failures/test_f14_fails_after_commit.py::test_a_portal_that_breaks_at_any_point_shows_an_error_and_takes_the_form_again",
            "web/test_faults_lost.py::test_what_was_done_before_the_answer_was_lost_is_done_once_however_often_it_is_sent",
        ),
    ),
    "F15": (
        "a slow client, or one that goes away",
        (
            "failures/test_f15_slow_clients.py::test_while_slow_clients_send_byte_by_byte_everybody_else_reads_and_writes",
            "failures/test_f15_slow_clients.py::test_a_client_that_goes_away_in_the_middle_leaves_nothing_done_and_no_lock",
            "failures/test_f15_slow_clients.py::test_who_leaves_before_the_answer_finds_it_done_once",
        ),
    ),
    "F16": (
        "a restart with open flows and sessions",
        ("failures/test_f16_restarts.py::test_a_restart_between_any_two_requests_is_not_noticed",),
    ),
    "F17": (
        "two server processes on one store",
        (
            "failures/test_races_of_processes.py::test_f2_of_processes_that_confirm_one_id_one_succeeds_and_the_others_are_told_taken",
            "failures/test_f17_one_of_two_ends.py::test_journeys_over_two_portals_go_on_while_one_after_the_other_ends",
            "failures/test_f17_behind_nginx.py::test_a_rolling_restart_behind_the_recipes_nginx_fails_no_request",
            "journeys/test_workspaces.py::test_a_session_begun_in_one_process_holds_in_the_other",
            "journeys/test_workspaces.py::test_a_clock_that_is_set_is_in_force_at_once_in_every_process",
        ),
    ),
    "F18": (
        "a snapshot during writes",
        (
            "failures/test_f18_snapshot_under_load.py::test_a_checkpoint_taken_while_others_write_is_of_one_moment_and_comes_back_exactly",
            "checkpoints/test_round_trip.py::test_whatever_was_done_a_snapshot_brings_it_back_elsewhere",
        ),
    ),
    "F19": (
        "the schema grows",
        (
            "failures/test_f19_growing.py::test_a_store_that_is_killed_as_it_grows_is_wholly_old_or_wholly_new",
            "failures/test_f19_growing.py::test_a_schema_whose_portal_is_killed_as_it_grows_is_wholly_old_or_wholly_new",
            "store/test_sqlite_image.py::test_a_store_of_another_layout_is_brought_up_to_date_and_then_bears_it",
        ),
    ),
    "F20": (
        "the log cannot be written",
        (
            "failures/test_f20_log_broken.py::test_a_fault_that_cannot_be_logged_still_has_its_page",
            "failures/test_f20_log_broken.py::test_lines_that_nobody_could_take_are_counted_and_the_others_written",
            "failures/test_f20_log_broken.py::test_a_served_portal_whose_log_is_full_or_gone_answers_on",
        ),
    ),
    "F21": (
        "no file handle is left",
        (
            "failures/test_f21_no_handles.py::test_a_portal_without_a_free_handle_heals_when_there_is_one",
            "failures/test_f21_no_handles.py::test_a_portal_that_can_open_no_store_says_so_and_opens_it_once_it_can",
            "failures/test_f21_many_workspaces.py::test_more_workspaces_than_there_are_file_handles_are_all_served",
        ),
    ),
    "F22": (
        "stores differ",
        (
            f"{STORE}a_block_that_fails_leaves_nothing_behind",
            f"{STORE}nobody_sees_half_of_what_a_block_writes",
            "corpus/test_fields.py::test_a_field_is_answered_as_the_corpus_says",
            "corpus/test_requests.py::test_a_request_is_answered_as_the_corpus_says",
            "corpus/test_control.py::test_an_operation_is_answered_as_the_corpus_says",
            "model/test_model_in_a_file.py::test_no_story_tells_the_portal_in_a_file_from_its_model",
            "model/test_model_on_a_server.py::test_no_story_tells_the_portal_on_a_server_from_its_model",
        ),
    ),
}
