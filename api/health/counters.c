/*
 * Numbers of all workers in shared memory.
 *
 * SPDX-License-Identifier: ISC
 */
#include "health/counters.h"

#include <sys/mman.h>

#include <stdatomic.h>

#include "core/check.h"

static const int statuses[] = {200, 201, 204, 304, 400, 401, 403, 404, 405, 408,
    409, 411, 412, 413, 414, 415, 417, 422, 428, 429, 431, 500, 501, 503, 505,
    0 /* any other */};
#define STATUSES (sizeof(statuses) / sizeof(statuses[0]))

/* Upper bounds in milliseconds. */
static const int64_t bounds[] = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};
#define BOUNDS (sizeof(bounds) / sizeof(bounds[0]))

/* One writer; readers may see a request in one number and not yet in another. */
struct slot {
	_Atomic int64_t requests[COUNTERS_SERIES_MAX][STATUSES];
	_Atomic int64_t took[BOUNDS + 1];
	_Atomic int64_t took_ms;
	_Atomic int64_t value[COUNTERS_VALUE__COUNT];
};

static const struct {
	const char *metric;
	const char *what;
	const char *type;
} values[] = {
#define COUNTER(name, metric, what) {metric, what, "counter"},
#define GAUGE(name, metric, what)   {metric, what, "gauge"},
#include "health/counters.def"
#undef COUNTER
#undef GAUGE
};

static const char *const fixed_names[COUNTERS_ROUTE] = {
    [COUNTERS_REFUSED] = "refused",
    [COUNTERS_UNKNOWN] = "unknown",
    [COUNTERS_CLIENT] = "client",
    [COUNTERS_LOCAL] = "local",
};

/* Set once in the parent, then constant but for own. */
static struct {
	struct slot *slots;
	size_t workers;
	const char *const *names;
	size_t count;
	struct slot *own;
} counters;

static void
add(_Atomic int64_t *number, int64_t by)
{
	atomic_fetch_add_explicit(number, by, memory_order_relaxed);
}

void
counters_share(const char *const *names, size_t count, size_t workers)
{
	void *memory;

	must(workers <= COUNTERS_WORKERS_MAX &&
		count + COUNTERS_ROUTE <= COUNTERS_SERIES_MAX,
	    "the tables of counters are large enough");
	memory = mmap(NULL, workers * sizeof(struct slot),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	must(memory != MAP_FAILED, "there is memory at start");
	counters.slots = memory;
	counters.workers = workers;
	counters.names = names;
	counters.count = count;
}

void
counters_use(unsigned worker)
{
	must(
	    worker >= 1 && worker <= counters.workers, "the worker has a slot");
	counters.own = &counters.slots[worker - 1];
}

void
counters_request(unsigned series, int status, int64_t ms)
{
	size_t i, bound;

	if (counters.own == NULL)
		return;
	for (i = 0; i < STATUSES - 1 && statuses[i] != status; i++)
		continue;
	for (bound = 0; bound < BOUNDS && ms > bounds[bound]; bound++)
		continue;
	add(&counters.own->requests[series][i], 1);
	add(&counters.own->took[bound], 1);
	add(&counters.own->took_ms, ms);
}

bool
counters_all(enum counters_value value)
{
	size_t i;

	for (i = 0; i < counters.workers; i++)
		if (atomic_load_explicit(&counters.slots[i].value[value],
			memory_order_relaxed) == 0)
			return false;
	return true;
}

void
counters_set(enum counters_value value, int64_t number)
{
	if (counters.own != NULL)
		atomic_store_explicit(
		    &counters.own->value[value], number, memory_order_relaxed);
}

static void
line(struct buf *out, const char *metric, const char *labels, int64_t number)
{
	buf_text(out, metric);
	buf_text(out, labels);
	buf_byte(out, ' ');
	buf_int(out, number);
	buf_byte(out, '\n');
}

static void
write_requests(struct buf *out)
{
	size_t series, status, worker;
	int64_t sum;

	buf_text(out, "# TYPE crm_requests_total counter\n");
	for (series = 0; series < COUNTERS_ROUTE + counters.count; series++) {
		for (status = 0; status < STATUSES; status++) {
			sum = 0;
			for (worker = 0; worker < counters.workers; worker++)
				sum += counters.slots[worker]
					   .requests[series][status];
			if (sum == 0)
				continue;
			buf_text(out, "crm_requests_total{route=\"");
			buf_text(out,
			    series < COUNTERS_ROUTE
				? fixed_names[series]
				: counters.names[series - COUNTERS_ROUTE]);
			buf_text(out, "\",status=\"");
			buf_int(out, statuses[status]);
			line(out, "\"}", "", sum);
		}
	}
}

static void
write_times(struct buf *out)
{
	int64_t sum = 0, ms = 0;
	size_t bound, worker;

	buf_text(out, "# TYPE crm_request_duration_ms histogram\n");
	for (bound = 0; bound <= BOUNDS; bound++) {
		for (worker = 0; worker < counters.workers; worker++)
			sum += counters.slots[worker].took[bound];
		buf_text(out, "crm_request_duration_ms_bucket{le=\"");
		if (bound < BOUNDS)
			buf_int(out, bounds[bound]);
		else
			buf_text(out, "+Inf");
		line(out, "\"}", "", sum);
	}
	for (worker = 0; worker < counters.workers; worker++)
		ms += counters.slots[worker].took_ms;
	line(out, "crm_request_duration_ms_sum", "", ms);
	line(out, "crm_request_duration_ms_count", "", sum);
}

void
counters_write(struct buf *out)
{
	size_t value, worker;
	int64_t sum;

	write_requests(out);
	write_times(out);
	for (value = 0; value < COUNTERS_VALUE__COUNT; value++) {
		sum = 0;
		for (worker = 0; worker < counters.workers; worker++)
			sum += counters.slots[worker].value[value];
		buf_text(out, "# HELP ");
		buf_text(out, values[value].metric);
		buf_byte(out, ' ');
		buf_text(out, values[value].what);
		buf_text(out, "\n# TYPE ");
		buf_text(out, values[value].metric);
		buf_byte(out, ' ');
		buf_text(out, values[value].type);
		buf_byte(out, '\n');
		line(out, values[value].metric, "", sum);
	}
}
