/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_VISITS 20000
#define TAIL 1000
#define DRIP_MS 20

/* One of them; plain sockets, as objects would keep this computer busier than the listener */
typedef struct
{
  int fd; /* -1: outside */
  gboolean connected;
  gsize n_said;
} Member;

struct _Crowd
{
  guint16 port;
  guint32 address;
  guint n_addresses;
  guint n_members;
  CrowdManner manner;
  GBytes *bytes;

  GThread *thread;
  gboolean stop;   /* atomic */
  guint n_visits;  /* atomic */
  guint n_present; /* atomic */
  guint n_tries;
};

static void
leave (Crowd *self, Member *member)
{
  const struct linger rude = { 1, 0 };

  if (self->manner == CROWD_RESETS)
    setsockopt (member->fd, SOL_SOCKET, SO_LINGER, &rude, sizeof rude);
  close (member->fd);
  if (member->connected)
    g_atomic_int_add (&self->n_present, -1);
  member->fd = -1;
  member->connected = FALSE;
  member->n_said = 0;
}

static void
come (Crowd *self, Member *member)
{
  const struct sockaddr_in there = { AF_INET, htons (self->port), { htonl (INADDR_LOOPBACK) } };
  const int yes = 1;
  struct sockaddr_in here = { AF_INET, 0, { htonl (self->address + self->n_tries % self->n_addresses) } };

  self->n_tries++;
  member->fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  g_assert_cmpint (member->fd, >=, 0);
  /* Ports that were used a moment ago must only not be used again for the same listener */
  setsockopt (member->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  if (bind (member->fd, (struct sockaddr *) &here, sizeof here) < 0 ||
      (connect (member->fd, (const struct sockaddr *) &there, sizeof there) < 0 && errno != EINPROGRESS))
    leave (self, member);
}

/* Returns: whether there is more to say now */
static gboolean
speak (Crowd *self, Member *member)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (self->bytes, &size);
  gsize length = size - member->n_said;
  gssize n_sent;

  if (length == 0)
    return FALSE;

  if (self->manner == CROWD_DRIPS)
    length = 1;
  n_sent = send (member->fd, bytes + member->n_said, length, MSG_NOSIGNAL);
  if (n_sent < 0 && errno != EAGAIN)
    leave (self, member);
  else if (n_sent > 0)
    member->n_said += n_sent;
  if ((self->manner == CROWD_POURS || self->manner == CROWD_DRIPS) && member->n_said == size)
    member->n_said -= MIN (size, TAIL);

  return member->fd >= 0 && member->n_said < size;
}

/* Returns: whether it is still there */
static gboolean
listen_to (Crowd *self, Member *member)
{
  char buffer[4096];
  gssize n_read;

  do
    n_read = recv (member->fd, buffer, sizeof buffer, 0);
  while (n_read > 0);

  if (n_read == 0 || errno != EAGAIN)
    {
      leave (self, member);
      return FALSE;
    }

  return TRUE;
}

static void
act (Crowd *self, Member *member, short events)
{
  gsize size = g_bytes_get_size (self->bytes);

  if (!member->connected && !(events & (POLLERR | POLLHUP)))
    {
      member->connected = TRUE;
      g_atomic_int_inc (&self->n_visits);
      g_atomic_int_inc (&self->n_present);
    }

  if ((events & (POLLERR | POLLHUP)) || self->manner == CROWD_KNOCKS)
    leave (self, member);
  else if ((events & POLLIN) && !listen_to (self, member))
    return;
  else if (!speak (self, member) && member->fd >= 0 && self->manner == CROWD_RESETS && member->n_said == size)
    leave (self, member);
}

static short
get_interest (Crowd *self, Member *member, gboolean drip)
{
  /* Whoever drips does so until the line is cut: the other side's last word is not enough */
  short events = self->manner == CROWD_DRIPS ? 0 : POLLIN;

  if (!member->connected)
    return POLLOUT;
  if (member->n_said < g_bytes_get_size (self->bytes) && (self->manner != CROWD_DRIPS || drip))
    events |= POLLOUT;

  return events;
}

static gpointer
run (gpointer user_data)
{
  Crowd *self = user_data;
  g_autofree Member *members = g_new0 (Member, self->n_members);
  g_autofree struct pollfd *polls = g_new0 (struct pollfd, self->n_members);
  gint64 next_drip = 0;

  for (guint i = 0; i < self->n_members; i++)
    members[i].fd = -1;

  while (!g_atomic_int_get (&self->stop))
    {
      gboolean drip = g_get_monotonic_time () >= next_drip;

      if (drip)
        next_drip = g_get_monotonic_time () + DRIP_MS * G_TIME_SPAN_MILLISECOND;
      for (guint i = 0; i < self->n_members; i++)
        {
          if (members[i].fd < 0 && g_atomic_int_get (&self->n_visits) < MAX_VISITS)
            come (self, &members[i]);
          polls[i] = (struct pollfd){ members[i].fd, get_interest (self, &members[i], drip), 0 };
        }

      if (poll (polls, self->n_members, DRIP_MS) <= 0)
        continue;
      for (guint i = 0; i < self->n_members; i++)
        if (polls[i].fd >= 0 && polls[i].revents != 0)
          act (self, &members[i], polls[i].revents);
    }

  for (guint i = 0; i < self->n_members; i++)
    if (members[i].fd >= 0)
      leave (self, &members[i]);

  return NULL;
}

Crowd *
crowd_new (guint16 port,
           const char *address,
           guint n_addresses,
           guint n_members,
           CrowdManner manner,
           const char *bytes,
           gssize length)
{
  Crowd *self = g_new0 (Crowd, 1);

  self->port = port;
  self->address = ntohl (inet_addr (address));
  self->n_addresses = n_addresses;
  self->n_members = n_members;
  self->manner = manner;
  self->bytes = g_bytes_new (bytes, length >= 0 ? (gsize) length : strlen (bytes));
  self->thread = g_thread_new ("crowd", run, self);

  return self;
}

void
crowd_disperse (Crowd *self)
{
  g_atomic_int_set (&self->stop, TRUE);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
crowd_free (Crowd *self)
{
  crowd_disperse (self);
  g_bytes_unref (self->bytes);
  g_free (self);
}

guint
crowd_count_visits (Crowd *self)
{
  return g_atomic_int_get (&self->n_visits);
}

guint
crowd_count_present (Crowd *self)
{
  return g_atomic_int_get (&self->n_present);
}
