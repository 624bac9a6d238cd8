/* process: a pair of sockets for its input and output, polled; no signal reaches us. */
#define _GNU_SOURCE /* SOCK_CLOEXEC */
#include "play/process.h"

#include "play/cage.h"

#include <truce/status.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const double GRACE = 0.2; /* between SIGTERM and SIGKILL */

/* ---- beginning ----------------------------------------------------------------------------- */

/* In the child, after fork: only calls that are safe there. */
static void become(int socket, const char *command)
{
    setpgid(0, 0);
    if (dup2(socket, STDIN_FILENO) < 0 || dup2(socket, STDOUT_FILENO) < 0)
        _exit(127);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    cage_enter();
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

bool process_begin(process *of, const char *command)
{
    int ends[2];
    of->pid = 0;
    of->socket = -1;
    of->length = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    int pid = fork();
    if (pid == 0)
        become(ends[1], command);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    setpgid(pid, pid); /* whichever of us comes first */
    of->pid = pid;
    of->socket = ends[0];
    return true;
}

/* ---- speaking ------------------------------------------------------------------------------ */

/* Waits for the socket; false when the time is over. */
static bool wait_for(const process *of, short what, double until)
{
    for (;;) {
        double left = until - truce_seconds();
        struct pollfd at = {.fd = of->socket, .events = what};
        int got = poll(&at, 1, left > 0 ? (int)(left * 1000) + 1 : 0);
        if (got > 0)
            return true;
        if ((got == 0 && left <= 0) || (got < 0 && errno != EINTR))
            return false;
    }
}

heard process_say(process *of, const char *text, size_t length, double seconds)
{
    double until = truce_seconds() + seconds;
    while (length > 0) {
        ssize_t sent = send(of->socket, text, length, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) {
            text += sent;
            length -= (size_t)sent;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for(of, POLLOUT, until))
                return HEARD_NOTHING;
        } else if (errno != EINTR) {
            return HEARD_END;
        }
    }
    return HEARD_LINE;
}

/* Takes the first line of what was read, if it is whole. */
static bool take_line(process *of, const char **line)
{
    char *end = memchr(of->line, '\n', of->length);
    if (end == NULL)
        return false;
    *end = '\0';
    *line = of->line;
    return true;
}

/* Forgets the line that was taken last. */
static void drop_line(process *of)
{
    char *end = memchr(of->line, '\0', of->length);
    if (end == NULL)
        return;
    size_t taken = (size_t)(end + 1 - of->line);
    memmove(of->line, of->line + taken, of->length - taken);
    of->length -= taken;
}

/* NUL ends lines here, so one that was sent becomes a character no JSON may hold. */
static void read_more(process *of, ssize_t got)
{
    for (ssize_t k = 0; k < got; k++)
        if (of->line[of->length + (size_t)k] == '\0')
            of->line[of->length + (size_t)k] = '\1';
    of->length += (size_t)got;
}

heard process_hear(process *of, double seconds, const char **line)
{
    double until = truce_seconds() + seconds;
    drop_line(of);
    while (!take_line(of, line)) {
        if (of->length == LINE_MOST)
            return HEARD_FLOOD;
        if (!wait_for(of, POLLIN, until))
            return HEARD_NOTHING;
        ssize_t got = recv(of->socket, of->line + of->length, LINE_MOST - of->length,
                           MSG_DONTWAIT);
        if (got > 0)
            read_more(of, got);
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            return HEARD_END;
    }
    return HEARD_LINE;
}

bool process_has_spoken(process *of)
{
    char next;
    drop_line(of);
    return of->length > 0 || recv(of->socket, &next, 1, MSG_DONTWAIT | MSG_PEEK) > 0;
}

/* ---- ending -------------------------------------------------------------------------------- */

/* Waits for the leader; false when the time is over. */
static bool gone_within(int pid, double seconds, int *how)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    double until = truce_seconds() + seconds;
    for (;;) {
        int got = waitpid(pid, how, WNOHANG);
        if (got == pid || (got < 0 && errno != EINTR))
            return true;
        if (truce_seconds() >= until)
            return false;
        nanosleep(&nap, NULL);
    }
}

int process_end(process *of, double seconds)
{
    int how = -1;
    if (of->pid == 0)
        return how;
    shutdown(of->socket, SHUT_WR);
    bool gone = gone_within(of->pid, seconds, &how);
    if (!gone) {
        kill(-of->pid, SIGTERM);
        gone = gone_within(of->pid, GRACE, &how);
    }
    kill(-of->pid, SIGKILL); /* what the leader left behind, too */
    if (!gone)
        gone_within(of->pid, 10, &how);
    close(of->socket);
    of->pid = 0;
    of->socket = -1;
    return how;
}
