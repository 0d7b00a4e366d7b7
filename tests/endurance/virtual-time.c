/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "virtual-time.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_US 1000
#define NS_PER_SECOND 1000000000

static gint64 leapt; /* atomic, like the next: microseconds */
static gint64 slept;

static gint64
get_offset (clockid_t clock)
{
  switch (clock)
    {
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_MONOTONIC_RAW:
      return __atomic_load_n (&leapt, __ATOMIC_SEQ_CST);
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_BOOTTIME:
      return __atomic_load_n (&leapt, __ATOMIC_SEQ_CST) + __atomic_load_n (&slept, __ATOMIC_SEQ_CST);
    default:
      return 0;
    }
}

/* In place of the C library's, for all that is in this process */
int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int result = syscall (SYS_clock_gettime, clock, time);

  if (result == 0)
    {
      gint64 offset = get_offset (clock);

      time->tv_sec += offset / G_USEC_PER_SEC;
      time->tv_nsec += offset % G_USEC_PER_SEC * NS_PER_US;
      if (time->tv_nsec >= NS_PER_SECOND)
        {
          time->tv_sec++;
          time->tv_nsec -= NS_PER_SECOND;
        }
    }

  return result;
}

int
gettimeofday (struct timeval *restrict time, void *restrict zone)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / NS_PER_US;

  return 0;
}

void
virtual_time_leap (gint64 microseconds)
{
  __atomic_add_fetch (&leapt, microseconds, __ATOMIC_SEQ_CST);
}

void
virtual_time_sleep (gint64 microseconds)
{
  __atomic_add_fetch (&slept, microseconds, __ATOMIC_SEQ_CST);
}

gint64
virtual_time_get (void)
{
  static gint64 began;
  struct timespec now;
  gint64 microseconds;

  clock_gettime (CLOCK_BOOTTIME, &now);
  microseconds = now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / NS_PER_US;
  if (began == 0)
    began = microseconds;

  return microseconds - began;
}
