-- The whole database in the order it is made: into an empty database that
-- sql/bootstrap.sql prepared, as crm_owner.
--
--   psql -X -U crm_owner -d crm -f sql/load.sql
--
-- Run it from the top of the repository, so that it finds the migrations and
-- notes them as done: crm migrate then has nothing left to do.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
set client_min_messages = warning;
\o /dev/null
begin;

\ir schema/schema.sql
\ir schema/migration.sql
\ir schema/clock.sql
\ir crm/now.sql
\ir crm/moment.sql
\ir crm/clock_set.sql
\ir crm/settings_problems.sql
\ir crm/viewer_account.sql
\ir crm/viewer_role.sql
\ir crm/viewer_unit.sql
\ir crm/viewer_units.sql
\ir crm/viewer_channel.sql
\ir crm/sandbox.sql
\ir crm/viewer_in_sandbox.sql
\ir crm/viewer_readers.sql

\ir schema/area.sql
\ir crm/area_outline.sql
\ir schema/area_shape.sql
\ir crm/area_at.sql
\ir crm/area_union.sql
\ir crm/area_import.sql

\ir schema/unit.sql
\ir crm/unit_below_follow.sql
\ir schema/unit_below.sql
\ir schema/category.sql
\ir schema/service_attribute.sql
\ir schema/service_value.sql
\ir schema/reason.sql
\ir schema/channel.sql
\ir schema/channel_key.sql
\ir schema/channel_api_key.sql
\ir crm/channel_add.sql
\ir crm/channel_edit.sql
\ir crm/channel_lines.sql
\ir crm/channel_rows.sql
\ir crm/channel_key_add.sql
\ir crm/channel_key_retire.sql
\ir crm/channel_api_key_add.sql
\ir crm/channel_api_key_retire.sql
\ir crm/channel_api_key_find.sql

\ir schema/account.sql
\ir schema/account_secret.sql
\ir schema/view.sql
\ir schema/template.sql
\ir schema/session.sql
\ir schema/signin_throttle.sql
\ir crm/account_add.sql
\ir crm/account_close.sql
\ir crm/throttle_key.sql
\ir crm/throttle_key_pair.sql
\ir crm/throttle_try.sql

\ir crm/entry_refuse.sql
\ir schema/audit_entry.sql
\ir crm/audit_add.sql

\ir schema/holiday.sql
\ir crm/clock_off.sql
\ir crm/clock_between.sql
\ir crm/clock_add.sql
\ir schema/target.sql
\ir crm/target_find.sql
\ir crm/due_at.sql
\ir crm/remind_at.sql
\ir crm/status_list.sql
\ir schema/setting.sql
\ir crm/second_draw.sql
\ir crm/setting_find.sql
\ir schema/event_type.sql
\ir schema/event_rule.sql
\ir schema/ticket_day.sql
\ir crm/ticket_next.sql

\ir crm/text_plain.sql
\ir crm/text_bare.sql
\ir crm/text_happening.sql
\ir schema/filter_word.sql
\ir schema/slang.sql
\ir crm/match_text.sql
\ir crm/word_count.sql
\ir crm/quoted.sql
\ir crm/cell.sql
\ir crm/cells_around.sql

\ir schema/inbox.sql
\ir schema/inbox_filter.sql
\ir schema/inbox_found.sql
\ir crm/inbox_follow.sql
\ir schema/change.sql
\ir crm/change_second.sql
\ir crm/change_stamp.sql
\ir crm/change_follow.sql
\ir crm/change_horizon.sql
\ir schema/seal_due.sql
\ir crm/seal_follow.sql
\ir schema/report_key.sql
\ir crm/hint_follow.sql
\ir crm/merged_follow.sql
\ir schema/work.sql
\ir schema/work_day.sql
\ir crm/share_round.sql
\ir crm/work_follow.sql
\ir crm/webhook_follow.sql
\ir schema/public_report.sql
\ir crm/public_follow.sql
\ir crm/public_told.sql
\ir schema/report.sql
\ir crm/public_row.sql
\ir schema/report_origin.sql
\ir schema/event.sql
\ir crm/public_notes.sql
\ir schema/event_internal.sql
\ir schema/hand_over.sql
\ir schema/report_before.sql
\ir crm/alarm_follow.sql
\ir schema/alarm.sql
\ir schema/notice.sql
\ir schema/notice_seen.sql
\ir schema/duplicate_hint.sql
\ir crm/choice_follow.sql
\ir crm/hand_over_suggest.sql
\ir schema/choice.sql
\ir schema/category_unit.sql
\ir schema/photo.sql
\ir schema/photo_hash.sql
\ir schema/proof_check.sql
\ir schema/proof_pair.sql
\ir schema/webhook.sql
\ir schema/webhook_event.sql
\ir schema/identity_sealed.sql
\ir schema/photo_key.sql
\ir schema/idempotency.sql
\ir schema/report_row.sql
\ir schema/report_shown.sql
\ir schema/report_told.sql
\ir schema/event_row.sql
\ir crm/partition_close.sql
\ir crm/partition_add.sql

\ir crm/distance_m.sql
\ir crm/public_span.sql
\ir crm/report_find.sql
\ir crm/report_check.sql
\ir crm/happened_check.sql
\ir crm/channel_find.sql
\ir crm/filter_text.sql
\ir crm/filter_place.sql
\ir crm/duplicate_find.sql
\ir crm/filter_same.sql
\ir crm/report_route.sql
\ir crm/report_again.sql
\ir crm/like_part.sql
\ir crm/match_all.sql
\ir crm/match_circles.sql
\ir crm/report_match.sql
\ir crm/identity_keep.sql
\ir crm/photo_add.sql
\ir crm/photo_add_later.sql
\ir crm/report_forget.sql
\ir crm/report_erase.sql
\ir crm/hash_windows.sql
\ir crm/photo_near.sql
\ir crm/photo_same.sql
\ir crm/proof_facts.sql
\ir crm/proof_keep.sql
\ir crm/idempotency_find.sql
\ir crm/inbox_due.sql
\ir crm/inbox_oldest.sql
\ir crm/inbox_newest.sql
\ir crm/inbox_search.sql
\ir crm/inbox_assigned.sql
\ir crm/inbox_wanted.sql
\ir crm/inbox_page.sql
\ir crm/report_now.sql
\ir crm/report_lock.sql
\ir crm/main_hold.sql
\ir crm/merge_lock.sql
\ir crm/step_merge.sql
\ir crm/split_id.sql
\ir crm/split_note.sql
\ir crm/step_split.sql
\ir crm/main_step.sql
\ir crm/erase_splits.sql
\ir crm/report_held.sql
\ir crm/choice_count.sql
\ir crm/choice_add.sql
\ir crm/choice_rank.sql
\ir crm/suggestion.sql
\ir crm/suggestion_why.sql
\ir crm/evidence_problems.sql
\ir crm/event_check.sql
\ir crm/viewer_did.sql
\ir crm/viewer_is.sql
\ir crm/steps_shut.sql
\ir crm/steps_of.sql
\ir crm/links_of.sql
\ir crm/report_get.sql
\ir crm/event_rule_find.sql
\ir crm/event_get.sql
\ir crm/id_read.sql
\ir crm/step_refuse.sql
\ir crm/step_unit.sql
\ir crm/step_move.sql
\ir crm/unit_is_below.sql
\ir crm/step_route.sql
\ir crm/step_reject.sql
\ir crm/step_appeal.sql
\ir crm/step_hand_over.sql
\ir crm/step_return.sql
\ir crm/step_assign.sql
\ir crm/step_schedule.sql
\ir crm/report_keep.sql
\ir crm/report_restore.sql
\ir crm/step_unmerge.sql
\ir crm/step_undo.sql
\ir crm/step_clock.sql
\ir crm/step_tidy.sql
\ir crm/step_told.sql
\ir crm/step_work.sql
\ir crm/step_do.sql
\ir crm/report_store.sql
\ir crm/opened.sql
\ir crm/report_step.sql
\ir crm/event_step.sql

\ir crm/clock_unit.sql
\ir crm/notice_tell.sql
\ir crm/notice_add.sql
\ir crm/alarm_ring.sql
\ir crm/alarm_next.sql

\ir crm/webhook_release.sql
\ir crm/webhook_find.sql
\ir crm/webhook_add.sql
\ir crm/webhook_remove.sql
\ir crm/webhook_resume.sql
\ir crm/webhook_replay.sql
\ir crm/webhook_list.sql
\ir crm/webhook_dead.sql

\ir api/ready.sql
\ir api/channel_enter.sql
\ir api/channel_keys.sql
\ir api/apikey_check.sql
\ir api/apikey_enter.sql
\ir api/session_enter.sql
\ir api/signin_begin.sql
\ir api/signin_fail.sql
\ir api/session_open.sql
\ir api/session_close.sql
\ir api/category_list.sql
\ir api/service_open.sql
\ir api/unit_list.sql
\ir api/holiday_list.sql
\ir api/holiday_add.sql
\ir api/holiday_delete.sql
\ir api/reason_list.sql
\ir api/area_list.sql
\ir api/view_list.sql
\ir api/view_add.sql
\ir api/view_delete.sql
\ir api/template_list.sql
\ir api/template_add.sql
\ir api/template_delete.sql
\ir api/report_add.sql
\ir api/report_list.sql
\ir api/report_changes.sql
\ir api/opened_list.sql
\ir api/report_open.sql
\ir api/report_level.sql
\ir api/report_related.sql
\ir api/suggestion_list.sql
\ir api/word_list.sql
\ir api/word_add.sql
\ir api/word_delete.sql
\ir api/channel_list.sql
\ir api/channel_add.sql
\ir api/channel_edit.sql
\ir api/key_list.sql
\ir api/key_add.sql
\ir api/key_retire.sql
\ir api/photo_open.sql
\ir api/check_list.sql
\ir api/event_list.sql
\ir api/report_export.sql
\ir api/export_opened.sql
\ir api/export_held.sql
\ir api/hand_over_list.sql
\ir api/officer_list.sql
\ir api/ranking_list.sql
\ir api/event_add.sql
\ir api/service_list.sql
\ir api/request_list.sql
\ir api/request_photo.sql
\ir api/request_seen.sql
\ir api/job_partition_add.sql
\ir api/notice_list.sql
\ir api/notice_see.sql
\ir api/job_alarm.sql
\ir api/job_prune.sql
\ir api/job_photo_known.sql
\ir api/job_seal_due.sql
\ir api/job_seal_done.sql
\ir api/job_webhook_due.sql
\ir api/job_webhook_done.sql
\ir api/job_webhook_late.sql
\ir api/job_webhook_prune.sql

\ir seed/area.sql
\ir seed/area_shape.sql
\ir seed/unit.sql
\ir seed/category.sql
\ir seed/service_attribute.sql
\ir seed/category_unit.sql
\ir seed/reason.sql
\ir seed/template.sql
\ir seed/channel.sql
\ir seed/holiday.sql
\ir seed/target.sql
\ir seed/setting.sql
\ir seed/event_type.sql
\ir seed/event_rule.sql
\ir seed/filter_word.sql
\ir seed/slang.sql
\ir seed/start.sql

\set digests `cd sql/migrations && sha256sum [0-9]*.sql`
insert into crm.migration (number, sha256)
select left(substr(line, 67), 4)::int, left(line, 64)
from regexp_split_to_table(:'digests', '\n') line
where line <> '';

commit;
\o
