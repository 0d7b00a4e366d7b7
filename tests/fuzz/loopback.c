/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loopback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Of work, not of waiting for other programs. Much shorter than deadlines, which would make an end of everything */
#define AT_ONCE_SECONDS 2.0

static double
get_work_done (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);

  return time.tv_sec + time.tv_nsec / 1e9;
}

static void
do_what_there_is (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Files are numbered from below: none is open that was not before, if the next one gets the same number */
static int
find_free_file (void)
{
  int fd = dup (STDERR_FILENO);

  close (fd);

  return fd;
}

static int
go_there (guint16 port, gboolean stranger)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
  struct sockaddr_in here = { .sin_family = AF_INET };
  struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  inet_pton (AF_INET, stranger ? "127.0.0.2" : "127.0.0.1", &here.sin_addr);
  inet_pton (AF_INET, "127.0.0.1", &there.sin_addr);
  /* Thousands of connections a second would soon use up all ports if each of them were remembered for a minute */
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  setsockopt (fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &(int) { TRUE }, sizeof (int));
  g_assert_cmpint (bind (fd, (struct sockaddr *) &here, sizeof here), ==, 0);
  /* The fuzzer's own alarm may interrupt it, which does not end it */
  if (connect (fd, (struct sockaddr *) &there, sizeof there) != 0 &&
      (errno != EINTR || poll (&(struct pollfd) { .fd = fd, .events = POLLOUT }, 1, -1) != 1))
    g_error ("The listener does not listen: %s", g_strerror (errno));

  return fd;
}

/* The other side may have hung up by now: that is an answer, too */
static void
say (int fd, const guint8 *bytes, gsize size)
{
  while (size > 0)
    {
      gssize n = send (fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (n < 0)
        return;
      bytes += n;
      size -= n;
    }
}

GString *
loopback_ask (guint16 port, const LoopbackRequest *request)
{
  gsize n_first = request->size * request->cut / 256;
  int free_before = find_free_file ();
  int fd = go_there (port, request->stranger);
  GString *answer = g_string_new (NULL);
  double start = get_work_done ();
  char buffer[4096];
  gssize n;

  if (n_first > 0)
    {
      say (fd, request->bytes, n_first);
      do_what_there_is ();
    }
  say (fd, request->bytes + n_first, request->size - n_first);
  shutdown (fd, SHUT_WR);

  while ((n = recv (fd, buffer, sizeof buffer, MSG_DONTWAIT)) != 0)
    {
      if (n > 0)
        g_string_append_len (answer, buffer, n);
      else if (errno == ECONNRESET)
        break;
      else if (get_work_done () - start > AT_ONCE_SECONDS)
        g_error ("There is neither an answer nor an end");
      g_main_context_iteration (NULL, FALSE);
    }

  close (fd);
  do_what_there_is ();
  while (find_free_file () != free_before)
    {
      if (get_work_done () - start > AT_ONCE_SECONDS)
        g_error ("The connection was not closed");
      g_main_context_iteration (NULL, FALSE);
    }

  return answer;
}
