/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "latch-sim-lock.h"
#include "latch-sim-profile.h"

G_BEGIN_DECLS

/**
 * LatchSimDeviceOption:
 * @state: its state, or %LATCH_SIM_NONE for the usual one
 *
 * A device as given on the command line.
 */
typedef struct
{
  guint32 id;
  LatchSimType type;
  char *name;
  int state;
} LatchSimDeviceOption;

typedef enum
{
  LATCH_SIM_DISCOVERY_NORMAL,
  LATCH_SIM_DISCOVERY_EMPTY,
  LATCH_SIM_DISCOVERY_HIDDEN,
  LATCH_SIM_DISCOVERY_NO_IP,
  LATCH_SIM_DISCOVERY_STALE,
  LATCH_SIM_DISCOVERY_FOREIGN,
  LATCH_SIM_DISCOVERY_FORBIDDEN,
  LATCH_SIM_DISCOVERY_GARBAGE,
} LatchSimDiscoveryMode;

/**
 * LatchSimOptions:
 * @discovery_port: negative: no discovery service
 * @press_after: negative: the button does not press itself
 * @new_firmware: (nullable): what an update installs, %NULL for the same once more, "none" if there is nothing to install
 * @uptime: how long the bridge has been running at the start
 * @log_entries: how many entries the log has already
 * @n_locks: negative: as many as given one by one, or else the two of the specification's examples
 *
 * The command line. Times are in seconds.
 */
typedef struct
{
  char *address;
  int port;
  int discovery_port;
  LatchSimDiscoveryMode discovery;
  LatchSimProfile profile;
  char *new_firmware;
  char *token;
  GPtrArray *devices;
  int n_locks;
  int log_entries;
  double press_after;
  gboolean auth_disabled;
  double auth_window;
  LatchSimTiming timing;
  double ble_time;
  double reboot_time;
  double uptime;
  double gap;
  gboolean concurrent;
  gint64 clock_offset;
  gboolean push_all;
  char **faults;
  gboolean until_eof;
  gboolean verbose;
  gboolean version;
} LatchSimOptions;

LatchSimOptions *latch_sim_options_parse        (int                    *argc,
                                                 char                 ***argv,
                                                 GError                **error);
LatchSimOptions *latch_sim_options_ref          (LatchSimOptions        *self);
void             latch_sim_options_unref        (LatchSimOptions        *self);
gboolean         latch_sim_discovery_mode_parse (const char             *text,
                                                 LatchSimDiscoveryMode  *mode,
                                                 GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LatchSimOptions, latch_sim_options_unref)

G_END_DECLS
