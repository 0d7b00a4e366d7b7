/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double
get_now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/*
 * Runs a command whose output nobody reads: prints how long it took, in milliseconds, and how many KiB of memory it had
 * at most. Whoever starts a process lends it its own memory for a moment, which then counts: this program has hardly any.
 */
int
main (int argc, char **argv)
{
  posix_spawn_file_actions_t actions;
  struct rusage usage;
  double begin = get_now_ms ();
  pid_t pid;
  int status;

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (posix_spawnp (&pid, argv[1], &actions, NULL, argv + 1, environ) != 0 || wait4 (pid, &status, 0, &usage) != pid ||
      !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    return EXIT_FAILURE;

  printf ("%.3f %ld\n", get_now_ms () - begin, usage.ru_maxrss);

  return EXIT_SUCCESS;
}
