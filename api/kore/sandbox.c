/*
 * What a worker may ask of the kernel, and what every child process gives up
 * on its way into the sandbox.
 *
 * SPDX-License-Identifier: ISC
 */
#include "kore/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include <kore/kore.h>

#include <kore/hooks.h>
#include <kore/seccomp.h>

#include "core/check.h"

static pid_t parent;

void __real_kore_platform_sandbox(void);
void __wrap_kore_platform_sandbox(void);

#ifndef CRM_SANITIZED
/*
 * Beside Kore's own list, which is older than the C library: what glibc 2.36,
 * libpq, the thread pool and the photo store need.
 */
static struct sock_filter filter[] = {
    KORE_SYSCALL_ALLOW(newfstatat),
    KORE_SYSCALL_DENY(clone3, ENOSYS), /* falls back to clone */
    KORE_SYSCALL_ALLOW(clone),
    KORE_SYSCALL_ALLOW(set_robust_list),
    KORE_SYSCALL_ALLOW(rseq),
    KORE_SYSCALL_ALLOW(eventfd2),
    KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_UNIX),
    KORE_SYSCALL_ALLOW(connect),
    KORE_SYSCALL_ALLOW(shutdown),
    KORE_SYSCALL_ALLOW(getsockopt),
    KORE_SYSCALL_ALLOW(getsockname),
    KORE_SYSCALL_ALLOW(getpeername),
    KORE_SYSCALL_ALLOW(recvmsg),
    KORE_SYSCALL_ALLOW(sendmsg),
    KORE_SYSCALL_ALLOW(mremap), /* realloc() above 128 KiB */
    KORE_SYSCALL_ALLOW(pread64),
    KORE_SYSCALL_ALLOW(readlinkat),
    KORE_SYSCALL_ALLOW(faccessat2),
    KORE_SYSCALL_ALLOW(mkdir),
    KORE_SYSCALL_ALLOW(mkdirat),
    KORE_SYSCALL_ALLOW(rename),
    KORE_SYSCALL_ALLOW(renameat),
    KORE_SYSCALL_ALLOW(renameat2),
    KORE_SYSCALL_ALLOW(link),
    KORE_SYSCALL_ALLOW(linkat),
    KORE_SYSCALL_ALLOW(unlinkat),
    KORE_SYSCALL_ALLOW(fsync),
    KORE_SYSCALL_ALLOW(fdatasync),
    KORE_SYSCALL_ALLOW(fchmod),
    KORE_SYSCALL_ALLOW(mlock), /* key material */
    KORE_SYSCALL_ALLOW(munlock),
    KORE_SYSCALL_ALLOW(sched_yield),
    KORE_SYSCALL_ALLOW(gettid),
    KORE_SYSCALL_ALLOW(tgkill), /* abort() */
    KORE_SYSCALL_ALLOW(prlimit64),
    KORE_SYSCALL_ALLOW(uname),
    KORE_SYSCALL_ALLOW(getppid),
};
#else
/* Sanitizers make calls of their own. */
static struct sock_filter filter[] = {KORE_BPF_RET(SECCOMP_RET_ALLOW)};

int __lsan_is_turned_off(void);

/*
 * The leak check at exit traces its own process, which one that cannot be
 * dumped does not allow; it would wait for ever. Unit tests check for leaks.
 */
int
__lsan_is_turned_off(void)
{
	return 1;
}
#endif

void
sandbox_parent(void)
{
	parent = getpid();
}

void
kore_seccomp_hook(void)
{
	must(kore_seccomp_filter("crm", filter, KORE_FILTER_LEN(filter)),
	    "the filter has its own name");
}

/*
 * Runs in every child, the key manager too, after it changed its user: that
 * change would undo PR_SET_PDEATHSIG. Without it children outlive a parent
 * that was killed, and hold the port.
 */
void
__wrap_kore_platform_sandbox(void)
{
	const struct rlimit none = {0, 0};

	if (setrlimit(RLIMIT_CORE, &none) == -1)
		fatalx("setrlimit(RLIMIT_CORE): %s", errno_s);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
	    prctl(PR_SET_DUMPABLE, 0) == -1)
		fatalx("prctl: %s", errno_s);
	if (getppid() != parent)
		fatalx("the parent is gone");
#ifdef CRM_SANITIZED
	if (worker->id == KORE_WORKER_KEYMGR)
		return; /* its list cannot be extended */
#endif
	__real_kore_platform_sandbox();
}
