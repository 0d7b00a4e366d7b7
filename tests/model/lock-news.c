/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lock-news.h"

LatchDeviceSnapshot *
lock_news_new (int state_code)
{
  LatchDeviceSnapshot *news = latch_device_snapshot_new (1);

  news->device_type = 0;
  news->name = g_strdup ("Home");
  news->has_state = TRUE;
  news->state.state_code = state_code;
  news->state.mode = 2;
  news->state.battery_critical = LATCH_TRISTATE_NO;
  news->state.timestamp = SAID;

  return news;
}

void
lock_news_apply (LatchLock *lock, int state_code, gint64 timestamp, gint64 heard_at)
{
  g_autoptr (LatchDeviceSnapshot) news = lock_news_new (state_code);

  news->state.timestamp = timestamp;
  latch_lock_apply (lock, news, heard_at);
}

LatchLock *
lock_news_lock_new (int state_code)
{
  LatchLock *lock = latch_lock_new (NULL, 1, 0);

  lock_news_apply (lock, state_code, SAID, HEARD);

  return lock;
}
