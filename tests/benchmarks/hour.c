/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "figures.h"
#include "hour.h"

/*
 * What an hour costs the bridge and its network. Program and bridge have a network of their own, of which the kernel
 * counts the bytes: with the headers of TCP, IP and Ethernet, in both directions, in packets of 1,500 bytes at most.
 */

#define N_USES 10
#define MTU 1500
#define HOURS_A_DAY 24

static gboolean
enter_network (void)
{
  struct ifreq request = { .ifr_name = "lo" };
  int fd;
  gboolean ready;

  if (unshare (CLONE_NEWNET) != 0 && unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0)
    return FALSE;

  fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  request.ifr_mtu = MTU;
  ready = ioctl (fd, SIOCSIFMTU, &request) == 0;
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  ready = ready && ioctl (fd, SIOCSIFFLAGS, &request) == 0;
  close (fd);

  return ready;
}

static guint64
read_bytes (void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/net/dev", &text, NULL, NULL));
  line = strstr (text, "lo:");
  g_assert_nonnull (line);

  return g_ascii_strtoull (line + strlen ("lo:"), NULL, 10);
}

static void
add_counts (JsonBuilder *builder, const char *requests)
{
  const char *const kinds[] = { "/list", "/info", "/callback/list", "/lockAction" };
  g_auto (GStrv) paths = g_strsplit (requests, " ", -1);
  guint n_paths = *requests != '\0' ? g_strv_length (paths) : 0;

  results_add (builder, "requests", n_paths);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      guint n = 0;

      for (guint i = 0; i < n_paths; i++)
        n += g_str_equal (paths[i], kinds[k]);
      results_add (builder, kinds[k], n);
    }
}

typedef enum
{
  NOTHING_TOLD,
  TOLD,
  UNSEEN,
  USED,
} Kind;

static void
run (JsonBuilder *builder, const char *title, Kind kind)
{
  Hour hour = { 0 };
  g_autofree char *requests = NULL;
  guint64 before, steered = 0;

  hour_set_up (&hour, NULL);
  if (kind != NOTHING_TOLD)
    hour_turn_key (&hour, LATCH_LOCK_STATE_UNLOCKED);
  if (kind == UNSEEN)
    latch_home_set_visible (hour.home.home, FALSE);
  g_free (hour_take_requests (&hour));
  before = read_bytes ();
  if (kind == USED)
    for (guint i = 0; i < N_USES; i++)
      {
        /* About as much as steering the bridge takes */
        guint64 so_far = read_bytes ();

        latch_test_simulator_clear_faults (hour.home.simulator);
        steered += read_bytes () - so_far;
        hour_lock (&hour);
        hour_pass (HOUR_SECONDS / N_USES / 2 - HOUR_SETTLE_SECONDS);
        hour_turn_key (&hour, LATCH_LOCK_STATE_UNLOCKED);
        hour_pass (HOUR_SECONDS / N_USES / 2 - HOUR_SETTLE_SECONDS);
      }
  else
    hour_pass (HOUR_SECONDS);
  before += steered;
  results_begin_run (builder, title, 0, TRUE);
  results_add (builder, "KB of an hour", (read_bytes () - before) / 1000.);
  results_add (builder, "MB of a day of such hours", (read_bytes () - before) * HOURS_A_DAY / 1e6);
  requests = hour_take_requests (&hour);
  add_counts (builder, requests);
  results_end_run (builder);
  hour_tear_down (&hour, NULL);
}

int
main (int argc, char **argv)
{
  JsonBuilder *builder = NULL;

  if (!enter_network ())
    g_error ("There is no network of its own to be had here");

  home_use_keyring_file ();
  builder = results_new ("hour", "no request that need not be made; see the test of the same name");
  run (builder, "seen, before the bridge has told of anything", NOTHING_TOLD);
  run (builder, "seen, while nothing happens", TOLD);
  run (builder, "seen; ten commands, and ten turns of a key", USED);
  run (builder, "while nobody looks", UNSEEN);
  results_write (builder);
  home_remove_keyring_file ();

  return 0;
}
