/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "waiting.h"

gint64
waiting_measure (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents ("/proc/self/schedstat", &text, NULL, NULL))
    return 0;

  /* Nanoseconds on a processor, and waiting for one */
  words = g_strsplit (text, " ", -1);

  return g_strv_length (words) > 1 ? g_ascii_strtoll (words[1], NULL, 10) / 1000 : 0;
}
