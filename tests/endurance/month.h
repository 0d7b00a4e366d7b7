/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the two processes of the endurance test share: the program, with its clock, and the bridge, with its script.
 * Members that both use while they run are read and written atomically.
 */

#define MONTH_LOCKS 10
#define MONTH_BRIDGE_ID "2117604523"
#define MONTH_TOKEN "endless"
/* The bridge is at 127.0.1.1 and then, each time that it moves, at the next; the discovery service stays */
#define MONTH_FIRST_HOST 1
#define MONTH_DISCOVERY_HOST 250

typedef struct
{
  guint8 lock;
  guint8 state;
} MonthChange;

typedef struct
{
  /* The script; set before it starts */
  guint n_changes;
  guint64 duration; /* seconds */
  guint16 port;
  guint16 discovery_port;

  /* What time it is: written by the program, which lets time leap to whatever comes next while the bridge is quiet */
  gint64 now; /* microseconds since the beginning, sleep included */
  int quiet;
  gint64 next_at; /* when the bridge will do something of its own accord */
  gint64 sleep;   /* for how long the program's computer is to sleep now; 0 once it has */

  /* What the window shows: written by the program. 0 for a state for which nobody vouches */
  int shown[MONTH_LOCKS];

  /* The truth: written by the bridge */
  int percent; /* of the changes. The bridge waits at some numbers until the program has set `measured` to them */
  int measured;
  int over;
  guint n_made;
  guint n_told;
  guint n_not_told;
  guint n_requests;
  guint n_reboots;
  guint n_moves;
  guint n_busy;
  guint n_hangs;
  guint n_sleeps;
  guint n_broken;
  MonthChange changes[];
} Month;

/* Runs the bridge until the script is over; for a process of its own */
void month_run_bridge (Month *month);

G_END_DECLS
