/*
 * Limits and system calls of a worker, see sandbox.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include <seccomp.h>

/*
 * 50 megapixels cost at most about 225 MB of working memory (lossless WebP);
 * the rest is the program and its libraries.
 */
#define ADDRESS_SPACE_MAX (320ul * 1024 * 1024)
#define FILES_MAX         16
#ifdef CRM_SANITIZED
#define SLOWER 8
#else
#define SLOWER 1
#endif
#define CPU_SECONDS  ((time_t)4 * SLOWER)
#define WALL_SECONDS ((time_t)10 * SLOWER)

static enum err
become(const struct sandbox_user *who)
{
	if (who->user == 0) {
		return OK;
	}
	if (setgroups(0, NULL) != 0 ||
	    setresgid(who->group, who->group, who->group) != 0 ||
	    setresuid(who->user, who->user, who->user) != 0 || setuid(0) == 0) {
		return ERR_BROKEN;
	}
	return OK;
}

static bool
limit(__rlimit_resource_t what, rlim_t most)
{
	const struct rlimit both = {.rlim_cur = most, .rlim_max = most};

	return setrlimit(what, &both) == 0;
}

static enum err
limits_set(void)
{
#ifndef CRM_SANITIZED
	if (!limit(RLIMIT_AS, ADDRESS_SPACE_MAX)) {
		return ERR_BROKEN;
	}
#endif
	if (!limit(RLIMIT_NOFILE, FILES_MAX) || !limit(RLIMIT_FSIZE, 0) ||
	    !limit(RLIMIT_CORE, 0)) {
		return ERR_BROKEN;
	}
	return OK;
}

#ifndef CRM_SANITIZED
/* mmap and mprotect may never make memory that can be run. */
static bool
allow_memory(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp not_run =
	    SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0);

	return seccomp_rule_add(
		   filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_run) == 0 &&
	    seccomp_rule_add(
		filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_run) == 0;
}

static bool
fail_files(scmp_filter_ctx filter)
{
	static const int files[] = {
	    SCMP_SYS(access),
	    SCMP_SYS(faccessat2),
	    SCMP_SYS(fstat),
	    SCMP_SYS(newfstatat),
	    SCMP_SYS(open),
	    SCMP_SYS(openat),
	    SCMP_SYS(readlink),
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (seccomp_rule_add(
			filter, SCMP_ACT_ERRNO(EACCES), files[i], 0) != 0) {
			return false;
		}
	}
	return true;
}

static enum err
calls_limit(bool is_blind)
{
	static const int allowed[] = {
	    SCMP_SYS(accept4),
	    SCMP_SYS(brk),
	    SCMP_SYS(clock_gettime),
	    SCMP_SYS(close),
	    SCMP_SYS(exit),
	    SCMP_SYS(exit_group),
	    SCMP_SYS(futex),
	    SCMP_SYS(getpid),
	    SCMP_SYS(getrandom),
	    SCMP_SYS(gettid),
	    SCMP_SYS(gettimeofday),
	    SCMP_SYS(madvise),
	    SCMP_SYS(mremap),
	    SCMP_SYS(munmap),
	    SCMP_SYS(poll),
	    SCMP_SYS(ppoll),
	    SCMP_SYS(read),
	    SCMP_SYS(recvfrom),
	    SCMP_SYS(restart_syscall),
	    SCMP_SYS(rt_sigaction),
	    SCMP_SYS(rt_sigpending),
	    SCMP_SYS(rt_sigprocmask),
	    SCMP_SYS(rt_sigreturn),
	    SCMP_SYS(sched_yield),
	    SCMP_SYS(sendto),
	    SCMP_SYS(setitimer),
	    SCMP_SYS(tgkill),
	    SCMP_SYS(write),
	    SCMP_SYS(writev),
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	enum err err = ERR_BROKEN;

	if (filter == NULL) {
		return ERR_BROKEN;
	}
	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) !=
		    0) {
			goto done;
		}
	}
	if (is_blind && !fail_files(filter)) {
		goto done;
	}
	if (!allow_memory(filter) || seccomp_load(filter) != 0) {
		goto done;
	}
	err = OK;
done:
	seccomp_release(filter);
	return err;
}
#endif

static enum err
enter(const struct sandbox_user *who, pid_t parent, bool is_blind)
{
	enum err err = become(who);

	if (err != OK) {
		return err;
	}
	/* After the change of user, which would take it back. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent ||
	    prctl(PR_SET_DUMPABLE, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		return ERR_BROKEN;
	}
	err = limits_set();
#ifndef CRM_SANITIZED
	if (err == OK) {
		err = calls_limit(is_blind);
	}
#else
	(void)is_blind;
#endif
	return err;
}

enum err
sandbox_enter(const struct sandbox_user *who, pid_t parent)
{
	return enter(who, parent, false);
}

enum err
sandbox_enter_blind(const struct sandbox_user *who, pid_t parent)
{
	return enter(who, parent, true);
}

static void
clock_set(time_t cpu, time_t wall)
{
	const struct itimerval cpu_timer = {.it_value = {.tv_sec = cpu}};
	const struct itimerval wall_timer = {.it_value = {.tv_sec = wall}};

	(void)setitimer(ITIMER_PROF, &cpu_timer, NULL);
	(void)setitimer(ITIMER_REAL, &wall_timer, NULL);
}

void
sandbox_clock_start(void)
{
	clock_set(CPU_SECONDS, WALL_SECONDS);
}

void
sandbox_clock_stop(void)
{
	clock_set(0, 0);
}
