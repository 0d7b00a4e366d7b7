/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "nightlatch-simulator"

#include "config.h"

#include "latch-sim-bridge.h"
#include "latch-sim-console.h"
#include "latch-sim-options.h"
#include "latch-sim-server.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sodium.h>
#include <unistd.h>

#define EXIT_USAGE 2

/* A socket that got the number of a closed standard file would be read as the keyboard, or printed to */
static void
fill_closed_files (void)
{
  int fd;

  do
    fd = g_open ("/dev/null", O_RDWR, 0);
  while (fd >= 0 && fd <= STDERR_FILENO);

  if (fd >= 0)
    close (fd);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
console_quit_cb (LatchSimConsole *console,
                 GMainLoop       *loop)
{
  g_main_loop_quit (loop);
}

/* The first lines, which scripts read to learn where everything is */
static void
announce (LatchSimServer *server)
{
  g_autofree char *uri = latch_sim_server_get_uri (server);
  g_autofree char *discovery = latch_sim_discovery_get_uri (latch_sim_server_get_discovery (server));

  g_print ("Bridge listening on %s\n", uri);
  if (discovery != NULL)
    g_print ("Discovery at %s\n", discovery);
  fflush (stdout);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (LatchSimOptions) options = NULL;
  g_autoptr (LatchSimBridge) bridge = NULL;
  g_autoptr (LatchSimServer) server = NULL;
  g_autoptr (LatchSimConsole) console = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GError) error = NULL;

  fill_closed_files ();
  setlocale (LC_ALL, "");
  g_set_prgname ("nightlatch-simulator");

  options = latch_sim_options_parse (&argc, &argv, &error);
  if (options == NULL)
    {
      g_printerr ("nightlatch-simulator: %s\nTry nightlatch-simulator --help.\n", error->message);
      return EXIT_USAGE;
    }
  if (options->version)
    {
      g_print ("nightlatch-simulator %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  if (sodium_init () < 0)
    {
      g_printerr ("nightlatch-simulator: libsodium does not work here\n");
      return EXIT_FAILURE;
    }

  bridge = latch_sim_bridge_new (options);
  server = latch_sim_server_new (bridge);
  if (!latch_sim_server_start (server, &error))
    {
      g_printerr ("nightlatch-simulator: %s\n", error->message);
      return EXIT_FAILURE;
    }
  announce (server);

  loop = g_main_loop_new (NULL, FALSE);
  console = latch_sim_console_new (server);
  g_signal_connect (console, "quit", G_CALLBACK (console_quit_cb), loop);
  if (options->until_eof)
    g_signal_connect (console, "ended", G_CALLBACK (console_quit_cb), loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}
