/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Many who come to a listener of this program at the same time, again and again, and mean no good. They have a thread
 * of their own. However long they are let, they stop after so many visits that no computer minds.
 */
typedef struct _Crowd Crowd;

typedef enum
{
  CROWD_KNOCKS,  /* leaves as soon as it is in */
  CROWD_SPEAKS,  /* says what it has to say, and waits for the end */
  CROWD_RESETS,  /* says it, and hangs up without waiting, so rudely that the other side sees an error */
  CROWD_STAYS,   /* says it, and stays until it is thrown out */
  CROWD_DRIPS,   /* says it byte by byte */
  CROWD_POURS,   /* says it, and then its last 1000 bytes over and over until it is thrown out */
} CrowdManner;

/* @addresses: how many addresses they come from, beginning with @address; all are this computer's (127.0.0.0/8) */
Crowd *crowd_new (guint16 port,
                  const char *address,
                  guint n_addresses,
                  guint n_members,
                  CrowdManner manner,
                  const char *bytes,
                  gssize length);
void crowd_free (Crowd *self);

/* Sends them home, and stops everything else until they are gone */
void crowd_disperse (Crowd *self);
/* How many times they got in so far; how many of them are in */
guint crowd_count_visits (Crowd *self);
guint crowd_count_present (Crowd *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Crowd, crowd_free)

G_END_DECLS
