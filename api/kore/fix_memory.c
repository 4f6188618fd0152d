/*
 * Kore keeps its accept lock in a System V segment and removes it when it stops
 * in good order. One that is removed right after it was attached lives on
 * until its last process ends, however that ends (ld --wrap).
 *
 * SPDX-License-Identifier: ISC
 */
#include <sys/ipc.h>
#include <sys/shm.h>

#include <kore/kore.h>

void *__real_shmat(int, const void *, int);
void *__wrap_shmat(int, const void *, int);
int __real_shmctl(int, int, struct shmid_ds *);
int __wrap_shmctl(int, int, struct shmid_ds *);

void *
__wrap_shmat(int id, const void *address, int flags)
{
	void *memory = __real_shmat(id, address, flags);

	if (__real_shmctl(id, IPC_RMID, NULL) == -1)
		kore_log(LOG_WARNING, "shmctl(IPC_RMID): %s", errno_s);
	return memory;
}

/* It is gone already. */
int
__wrap_shmctl(int id, int command, struct shmid_ds *out)
{
	if (command == IPC_RMID)
		return 0;
	return __real_shmctl(id, command, out);
}
