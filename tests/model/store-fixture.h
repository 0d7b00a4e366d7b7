/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "latch-store.h"

#include <sqlite3.h>

/* A place for a database, calls that wait, and looks at the file from outside. */

typedef struct
{
  char *top;
  char *folder;
  char *path;
} StoreFixture;

void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);
GPtrArray *store_try_load (LatchStore *store, GError **error);
GPtrArray *store_load (LatchStore *store);
gboolean store_try_save_bridge (LatchStore *store, const LatchBridgeRecord *bridge, GError **error);
gboolean store_try_save_devices (LatchStore *store, const LatchBridgeRecord *bridge, GError **error);
void store_save (LatchStore *store, const LatchBridgeRecord *bridge);
LatchDeviceRecord *make_device_record (guint64 nuki_id, int device_type, const char *name);
LatchBridgeRecord *make_bridge_record (const char *id, const char *name);
LatchBridgeRecord *make_full_bridge_record (void);
void assert_same_bridge_record (const LatchBridgeRecord *actual, const LatchBridgeRecord *expected);
sqlite3 *open_database (const char *path);
char *query_database (const char *path, const char *sql);
void execute_in_database (const char *path, const char *sql);
guint count_files (const char *folder, const char *part);
void write_file (const char *path, const char *contents, gssize length);

#define add_store_test(name, data, function)                                                                          \
  g_test_add (name, StoreFixture, data, store_fixture_set_up, function, store_fixture_tear_down)
