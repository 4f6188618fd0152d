/*
 * Reports that come as mail, see mail.h.
 *
 * What is logged of a mail is the name of its file and what became of it: no
 * ticket, which would join the mailbox to the reports. Whoever answers mails
 * needs just that, and asks for a file of its own.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/mail.h"

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/json.h"
#include "core/log.h"
#include "intake/clean.h"
#include "intake/frame.h"
#include "intake/maildir.h"
#include "intake/read.h"

#define DESCRIPTION_MAX 4000
#define REPORTER_MAX    200
#define WORDLESS        "(tanpa teks)"
/* So many in a row, and the API is not well: the rest can wait. */
#define LEFT_MAX 3

/* A mail as the reader took it apart; borrowed from its frames. */
struct mail {
	struct frame id;
	struct frame name;
	struct frame email;
	struct frame subject;
	struct frame text;
	struct post_photo photo[POST_PHOTOS_MAX];
	size_t photo_count;
	size_t left_out;
	bool is_automatic;
	bool is_whole;
};

/* One run: what it works on and what it counts. */
struct run {
	struct mail_count *count;
	struct post *post;
	struct maildir box;
	int tickets_fd; /* -1: nobody wants them */
};

static void
reader_run(int mail_fd, int out_fd)
{
	char *const argv[] = {"crm", "intake", "read", NULL};

	if (dup2(mail_fd, STDIN_FILENO) < 0 ||
	    dup2(out_fd, STDOUT_FILENO) < 0 ||
	    close_range(STDERR_FILENO + 1, ~0u, 0) != 0) {
		_exit(1);
	}
	(void)execv("/proc/self/exe", argv);
	_exit(1);
}

static void
pipe_drain(struct buf *out, int fd)
{
	uint8_t piece[65536];

	while (!out->failed) {
		ssize_t len = read(fd, piece, sizeof(piece));

		if (len == 0 || (len < 0 && errno != EINTR)) {
			return;
		}
		if (len > 0) {
			buf_put(out, piece, (size_t)len);
		}
	}
}

/* ERR_MALFORMED when the reader did not come to its end. */
static enum err
mail_read(struct buf *frames, int mail_fd)
{
	int ends[2];
	int status = -1;
	pid_t reader;

	if (pipe2(ends, O_CLOEXEC) != 0) {
		return ERR_UNAVAILABLE;
	}
	reader = fork();
	if (reader == 0) {
		reader_run(mail_fd, ends[1]);
	}
	close(ends[1]);
	if (reader > 0) {
		pipe_drain(frames, ends[0]);
	}
	close(ends[0]);
	if (reader < 0) {
		return ERR_UNAVAILABLE;
	}
	while (waitpid(reader, &status, 0) < 0 && errno == EINTR) {
	}
	return status == 0 && !frames->failed ? OK : ERR_MALFORMED;
}

static void
frame_take(struct mail *mail, const struct frame *frame)
{
	switch (frame->letter) {
	case FRAME_ID:
		mail->id = *frame;
		break;
	case FRAME_NAME:
		mail->name = *frame;
		break;
	case FRAME_EMAIL:
		mail->email = *frame;
		break;
	case FRAME_SUBJECT:
		mail->subject = *frame;
		break;
	case FRAME_TEXT:
		mail->text = *frame;
		break;
	case FRAME_PHOTO:
		if (mail->photo_count < POST_PHOTOS_MAX) {
			mail->photo[mail->photo_count++] =
			    (struct post_photo){frame->data, frame->len};
		}
		break;
	case FRAME_LEFT_OUT:
		mail->left_out++;
		break;
	case FRAME_AUTOMATIC:
		mail->is_automatic = true;
		break;
	case FRAME_END:
		mail->is_whole = true;
		break;
	default:
		break;
	}
}

static void
description_add(cJSON *report, const struct mail *mail)
{
	struct buf both;
	struct buf clean;

	buf_init(&both, READ_BYTES_MAX);
	buf_init(&clean, POST_TEXT_MAX);
	clean_line(
	    &clean, mail->subject.data, mail->subject.len, DESCRIPTION_MAX / 4);
	buf_put(&both, clean.data, clean.len);
	buf_text(&both, "\n\n");
	buf_put(&both, mail->text.data, mail->text.len);
	clean_text(&clean, both.data, both.len, DESCRIPTION_MAX);
	cJSON_AddStringToObject(report, "description",
	    clean.len == 0 ? WORDLESS : (const char *)clean.data);
	buf_clear(&both);
	buf_clear(&clean);
}

static void
reporter_add(cJSON *reporter, const char *name, const struct frame *from)
{
	struct buf clean;

	buf_init(&clean, POST_TEXT_MAX);
	clean_line(&clean, from->data, from->len, REPORTER_MAX);
	if (clean.len > 0) {
		cJSON_AddStringToObject(
		    reporter, name, (const char *)clean.data);
	}
	buf_clear(&clean);
}

/* The caller frees it with cJSON_free(). */
static char *
report_print(const struct mail *mail)
{
	cJSON *report = cJSON_CreateObject();
	cJSON *reporter = cJSON_CreateObject();
	char *text;

	cJSON_AddStringToObject(report, "visibility", "private");
	description_add(report, mail);
	reporter_add(reporter, "name", &mail->name);
	reporter_add(reporter, "email", &mail->email);
	cJSON_AddItemToObject(report, "reporter", reporter);
	text = cJSON_PrintUnformatted(report);
	cJSON_Delete(report);
	return text;
}

/*
 * The same mail delivered twice is one report. Two mails that share a
 * Message-ID, by a fault or on purpose, are two: then all of it counts.
 */
static void
key_make(struct post_report *report, const struct mail *mail, bool is_all)
{
	struct hash *hash = hash_new();

	hash_add(hash, mail->id.data, mail->id.len);
	if (is_all || mail->id.len == 0) {
		hash_add(hash, "", 1);
		hash_add(hash, report->json, strlen(report->json));
		for (size_t i = 0; i < report->photo_count; i++) {
			hash_add(
			    hash, report->photo[i].data, report->photo[i].len);
		}
	}
	post_key(report->key, "mail", hash);
}

static void
mail_send(
    struct post_answer *answer, struct post *post, const struct mail *mail)
{
	struct post_report report = {.photo_count = mail->photo_count};
	char *json = report_print(mail);

	report.json = json;
	memcpy(report.photo, mail->photo, sizeof(report.photo));
	key_make(&report, mail, false);
	post_send(answer, post, &report);
	if (answer->is_key_reused) {
		key_make(&report, mail, true);
		post_send(answer, post, &report);
	}
	cJSON_free(json);
}

static void
move(struct run *run, size_t *counter, const char *name, const char *folder)
{
	if (maildir_move(&run->box, name, folder) == OK) {
		(*counter)++;
	} else {
		run->count->left++;
		log_event(
		    LOG_LEVEL_ERROR, "mail_not_moved", log_text("file", name));
	}
}

static void
refuse(struct run *run, const char *name, const char *codes)
{
	log_event(LOG_LEVEL_WARNING, "mail", log_text("file", name),
	    log_text("result", "refused"), log_text("codes", codes));
	move(run, &run->count->refused, name, ".Refused");
}

/* Before the mail moves: a line may come twice, never not at all. */
static bool
ticket_keep(const struct run *run, const char *name, const char *ticket)
{
	char line[NAME_MAX + 32];
	int len;

	if (run->tickets_fd < 0) {
		return true;
	}
	len = snprintf(line, sizeof(line), "%s,%s\n", name, ticket);
	return len > 0 && (size_t)len < sizeof(line) &&
	    write(run->tickets_fd, line, (size_t)len) == len;
}

static enum post_verdict
whole_take(struct run *run, const char *name, const struct mail *mail)
{
	struct post_answer answer;

	mail_send(&answer, run->post, mail);
	if (answer.verdict == POST_REFUSED) {
		refuse(run, name, answer.codes);
		return answer.verdict;
	}
	log_event(LOG_LEVEL_INFO, "mail", log_text("file", name),
	    log_text("result", post_verdict_name(answer.verdict)),
	    log_int("status", answer.status),
	    log_int("photos", (int64_t)mail->photo_count),
	    log_int("left_out", (int64_t)mail->left_out),
	    log_bool("bad_photos", answer.bad_photos != 0));
	if ((answer.verdict == POST_TAKEN || answer.verdict == POST_AGAIN) &&
	    ticket_keep(run, name, answer.ticket)) {
		move(run, &run->count->taken, name, ".");
	} else {
		run->count->left++;
	}
	return answer.verdict;
}

static enum post_verdict
mail_take(struct run *run, const char *name)
{
	struct mail mail = {.photo_count = 0};
	struct buf frames;
	struct frame frame;
	enum post_verdict verdict = POST_REFUSED;
	size_t at = 0;
	int fd = maildir_mail(&run->box, name);

	if (fd < 0) {
		return POST_AGAIN;
	}
	buf_init(&frames, READ_BYTES_MAX);
	if (mail_read(&frames, fd) == OK) {
		while (frame_next(&frame, &frames, &at)) {
			frame_take(&mail, &frame);
		}
	}
	close(fd);
	if (!mail.is_whole) {
		refuse(run, name, "unreadable");
	} else if (mail.is_automatic) {
		log_event(LOG_LEVEL_INFO, "mail", log_text("file", name),
		    log_text("result", "automatic"));
		move(run, &run->count->automatic, name, ".Automatic");
	} else {
		verdict = whole_take(run, name, &mail);
	}
	buf_clear(&frames);
	return verdict;
}

static enum err
tickets_open(struct run *run, const char *path)
{
	run->tickets_fd = -1;
	if (path == NULL) {
		return OK;
	}
	run->tickets_fd = open(
	    path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (run->tickets_fd < 0) {
		cli_fail("%s cannot be written", path);
		return ERR_UNAVAILABLE;
	}
	return OK;
}

static void
mails_take(struct run *run)
{
	size_t left = 0;

	for (size_t i = 0; i < run->box.count; i++) {
		enum post_verdict verdict = mail_take(run, run->box.names[i]);

		left = verdict == POST_LATER ? left + 1 : 0;
		if (verdict == POST_SHUT || left == LEFT_MAX) {
			run->count->left += run->box.count - i - 1;
			return;
		}
	}
}

enum err
mail_run(struct mail_count *count, struct post *post, const char *maildir,
    const char *tickets)
{
	struct run run = {.count = count, .post = post};
	enum err err = maildir_open(&run.box, maildir);

	*count = (struct mail_count){.taken = 0};
	if (err == OK) {
		err = tickets_open(&run, tickets);
	}
	if (err == OK) {
		mails_take(&run);
	}
	if (err == OK && run.tickets_fd >= 0) {
		close(run.tickets_fd);
	}
	maildir_close(&run.box);
	return err;
}
