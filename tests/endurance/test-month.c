/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "home-fixture.h"
#include "month.h"
#include "virtual-time.h"

/*
 * A month in the life of the program, in a few minutes: the whole model, with its database, sockets and timers, and a
 * bridge in a process of its own, to which all happens that happens to bridges. In the end the program needs no more
 * than in the beginning, and every change is in the database once, in its order. NIGHTLATCH_ENDURANCE=CHANGES:DAYS
 * makes the month longer or shorter.
 */

#define CHANGES 15000
#define DAYS 1.5
#define SETTLE_SECONDS 180
#define MOMENTS 12
#define MS_TO_WAIT 2

/*
 * What there may be more after a month: allocators and caches find their size, threads that others keep for later work
 * come and go, and a timer may or may not be set. What is not given back would be there hundreds of times.
 */
#define MAX_MORE_HEAP (256 * 1024)
#define MAX_MORE_RSS (4 * 1024 * 1024)
#define MAX_MORE_FILES 1
#define MAX_MORE_THREADS 3
#define MAX_MORE_SOURCES 4

typedef struct
{
  HomeFixture home;
  LatchBridge *bridge;
  Month *month;
  GPid pid;
} Fixture;

typedef struct
{
  gsize heap;
  gsize rss;
  guint n_files;
  guint n_threads;
  guint n_sources;
} Needs;

static Month *month; /* for poll_cb(), which has no user data */
static gboolean leaps;

static void
store_now (void)
{
  __atomic_store_n (&month->now, virtual_time_get (), __ATOMIC_SEQ_CST);
}

/* While the bridge is busy, time passes as it does; while it is quiet, it leaps to what comes next */
static int
poll_cb (GPollFD *fds, guint n_fds, int timeout_ms)
{
  int n_ready = poll ((struct pollfd *) fds, n_fds, 0);
  gint64 leap, sleep = __atomic_exchange_n (&month->sleep, 0, __ATOMIC_SEQ_CST);

  if (sleep != 0)
    virtual_time_sleep (sleep);
  store_now ();
  if (n_ready != 0 || timeout_ms == 0)
    return n_ready;

  n_ready = poll ((struct pollfd *) fds, n_fds, MS_TO_WAIT);
  if (n_ready != 0 || !leaps || !__atomic_load_n (&month->quiet, __ATOMIC_SEQ_CST))
    return n_ready;

  leap = __atomic_load_n (&month->next_at, __ATOMIC_SEQ_CST) - virtual_time_get ();
  if (timeout_ms > 0)
    leap = MIN (leap, timeout_ms * G_TIME_SPAN_MILLISECOND);
  if (leap > 0)
    virtual_time_leap (leap);
  store_now ();

  return 0;
}

static void
show_cb (LatchLock *lock)
{
  int state = latch_lock_get_stale (lock) ? 0 : latch_lock_get_state_code (lock);

  __atomic_store_n (&month->shown[latch_lock_get_nuki_id (lock) - 1], state, __ATOMIC_SEQ_CST);
}

static void
items_changed_cb (GListModel *bridge, guint position, guint n_removed, guint n_added, gpointer user_data)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (LatchLock) lock = g_list_model_get_item (bridge, i);

      g_signal_connect (lock, "notify::state", G_CALLBACK (show_cb), NULL);
      g_signal_connect (lock, "notify::stale", G_CALLBACK (show_cb), NULL);
      show_cb (lock);
    }
}

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);

  return port;
}

/* To be called while the program has but one thread */
static void
start_bridge (Fixture *fixture)
{
  pid_t parent = getpid ();

  fixture->pid = fork ();
  g_assert_cmpint (fixture->pid, >=, 0);
  if (fixture->pid > 0)
    return;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (getppid () == parent)
    month_run_bridge (month);
  _exit (0);
}

static void
make_month (Fixture *fixture)
{
  const char *wanted = g_getenv ("NIGHTLATCH_ENDURANCE");
  g_auto (GStrv) numbers = g_strsplit (wanted != NULL ? wanted : "", ":", 2);
  guint n_changes = wanted != NULL ? atoi (numbers[0]) : CHANGES;
  double days = wanted != NULL && numbers[1] != NULL ? g_ascii_strtod (numbers[1], NULL) : DAYS;

  month = mmap (NULL, sizeof *month + (n_changes + 1) * sizeof month->changes[0], PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (month != MAP_FAILED);
  month->n_changes = n_changes;
  month->duration = days * 24 * 3600;
  month->port = find_port ();
  month->discovery_port = find_port ();
  month->quiet = FALSE;
  fixture->month = month;
}

/* As if the bridge had been paired with before */
static void
keep_bridge (Fixture *fixture)
{
  g_autoptr (LatchBridgeRecord) record = latch_bridge_record_new (MONTH_BRIDGE_ID);
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GError) error = NULL;

  record->name = g_strdup ("Home");
  record->host = g_strdup_printf ("127.0.1.%u", MONTH_FIRST_HOST);
  record->port = month->port;
  record->accepted_mode = LATCH_AUTH_MODE_PLAIN;
  record->type = LATCH_BRIDGE_TYPE_HARDWARE;
  latch_store_save_bridge_async (fixture->home.store, record, NULL, NULL, NULL);
  latch_token_store_store_async (fixture->home.token_store, MONTH_BRIDGE_ID, "Home", MONTH_TOKEN, NULL,
                                 latch_test_take_result_cb, &stored);
  latch_test_wait_for (stored);
  latch_token_store_store_finish (fixture->home.token_store, stored, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *discovery = NULL;
  g_autoptr (GError) error = NULL;

  make_month (fixture);
  start_bridge (fixture);
  g_main_context_set_poll_func (NULL, poll_cb);
  home_use_keyring_file ();
  fixture->home.folder = g_dir_make_tmp ("latch-month-XXXXXX", NULL);
  home_start_program (&fixture->home);
  keep_bridge (fixture);
  g_assert_true (home_load (&fixture->home, &error));
  g_assert_no_error (error);

  fixture->bridge = g_object_ref (latch_home_find_bridge (fixture->home.home, MONTH_BRIDGE_ID));
  g_signal_connect (fixture->bridge, "items-changed", G_CALLBACK (items_changed_cb), NULL);
  discovery = g_strdup_printf ("http://127.0.1.%u:%u/discover/bridges", MONTH_DISCOVERY_HOST, month->discovery_port);
  latch_home_set_discovery (fixture->home.home, TRUE, discovery);
  latch_home_set_visible (fixture->home.home, FALSE);
  latch_home_set_watching (fixture->home.home, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  leaps = FALSE;
  g_object_unref (fixture->bridge);
  home_end_program (&fixture->home);
  waitpid (fixture->pid, NULL, 0);
  home_remove_folder (fixture->home.folder);
  g_free (fixture->home.folder);
  home_remove_keyring_file ();
}

static void
run_for (gint64 seconds)
{
  gint64 end = virtual_time_get () + seconds * G_USEC_PER_SEC;

  while (virtual_time_get () < end)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;

  return count;
}

static gboolean
idle_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* Sources are numbered as they come: whoever is still there has not gone */
static guint
count_sources (void)
{
  guint last = g_idle_add (idle_cb, NULL);
  guint count = 0;

  g_source_remove (last);
  for (guint id = 1; id < last; id++)
    count += g_main_context_find_source_by_id (NULL, id) != NULL;

  return count;
}

static gsize
read_rss (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "RssAnon:");
  g_assert_nonnull (line);

  return g_ascii_strtoull (line + strlen ("RssAnon:"), NULL, 10) * 1024;
}

static Needs
look (Fixture *fixture)
{
  struct mallinfo2 info;

  /* What is to be written is, and then the database is closed */
  latch_store_flush (fixture->home.store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  latch_store_flush (fixture->home.store);
  info = mallinfo2 ();

  return (Needs){ info.uordblks + info.hblkhd, read_rss (), count_entries ("/proc/self/fd"),
                  count_entries ("/proc/self/task"), count_sources () };
}

/* At the quietest of some moments, as at others a request may be under way */
static Needs
measure (Fixture *fixture, int percent)
{
  Needs least;

  run_for (SETTLE_SECONDS);
  least = look (fixture);
  for (guint i = 1; i < MOMENTS; i++)
    {
      Needs needs;

      run_for (3);
      needs = look (fixture);
      least.heap = MIN (least.heap, needs.heap);
      least.rss = MIN (least.rss, needs.rss);
      least.n_files = MIN (least.n_files, needs.n_files);
      least.n_threads = MIN (least.n_threads, needs.n_threads);
      least.n_sources = MIN (least.n_sources, needs.n_sources);
    }
  g_test_message ("At %d %%, after %.1f days: heap %.1f KiB, resident %.1f MiB, %u files, %u threads, %u sources",
                  percent, virtual_time_get () / 86400e6, least.heap / 1024.0, least.rss / 1048576.0, least.n_files,
                  least.n_threads, least.n_sources);

  return least;
}

/* Each change of each lock, in its order, is recorded: not one more, not one less */
static void
check_database (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->home.folder, "nightlatch.db", NULL);
  g_autofree guint *positions = g_new0 (guint, MONTH_LOCKS);
  int states[MONTH_LOCKS];
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  guint n_found = 0;

  for (guint i = 0; i < MONTH_LOCKS; i++)
    states[i] = 1;
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT nuki_id, from_value, to_value FROM events WHERE kind = 1 ORDER BY id",
                                       -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      guint lock = sqlite3_column_int (statement, 0) - 1;
      int from = sqlite3_column_int (statement, 1), to = sqlite3_column_int (statement, 2);

      g_assert_cmpuint (lock, <, MONTH_LOCKS);
      if (from == to || sqlite3_column_type (statement, 1) == SQLITE_NULL)
        {
          g_assert_cmpint (to, ==, states[lock]); /* said what was known, as after a gap */
          continue;
        }

      while (positions[lock] < month->n_made && month->changes[positions[lock]].lock != lock)
        positions[lock]++;
      g_assert_cmpuint (positions[lock], <, month->n_made);
      g_assert_cmpint (from, ==, states[lock]);
      g_assert_cmpint (to, ==, month->changes[positions[lock]].state);
      states[lock] = to;
      positions[lock]++;
      n_found++;
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_assert_cmpuint (n_found, ==, month->n_made);
}

static void
test_month (Fixture *fixture, gconstpointer data)
{
  Needs needs[101] = { { 0, } };
  int percent, status;

  leaps = TRUE;
  while (!__atomic_load_n (&month->over, __ATOMIC_SEQ_CST))
    {
      g_main_context_iteration (NULL, TRUE);
      percent = __atomic_load_n (&month->percent, __ATOMIC_SEQ_CST);
      if (percent != month->measured)
        {
          needs[percent] = measure (fixture, percent);
          __atomic_store_n (&month->measured, percent, __ATOMIC_SEQ_CST);
        }
      if (waitpid (fixture->pid, &status, WNOHANG) > 0)
        g_assert_true (month->over);
    }

  g_test_message ("%u changes, %u of them told, %u not; %u requests; %u reboots, %u new addresses, %u times busy, "
                  "%u times hanging, %u times broken, %u times asleep", month->n_made, month->n_told, month->n_not_told,
                  month->n_requests, month->n_reboots, month->n_moves, month->n_busy, month->n_hangs, month->n_broken,
                  month->n_sleeps);
  check_database (fixture);
  for (guint i = 0; i < 2; i++)
    {
      const Needs *before = &needs[i == 0 ? 10 : 50], *after = &needs[100];

      g_assert_cmpuint (before->n_files, >, 0);
      g_assert_cmpuint (after->n_files, <=, before->n_files + MAX_MORE_FILES);
      g_assert_cmpuint (after->n_threads, <=, before->n_threads + MAX_MORE_THREADS);
      g_assert_cmpuint (after->n_sources, <=, before->n_sources + MAX_MORE_SOURCES);
      g_assert_cmpuint (after->heap, <, before->heap + MAX_MORE_HEAP);
      g_assert_cmpuint (after->rss, <, before->rss + MAX_MORE_RSS);
    }
  g_assert_cmpuint (month->n_told, >, month->n_not_told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/endurance/month", Fixture, NULL, set_up, test_month, tear_down);

  return g_test_run ();
}
