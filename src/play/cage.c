/* cage: limits (setrlimit), no network (seccomp), no files written (Landlock). Without any
 * library: the filter is nine instructions, and Landlock has three calls.
 */
#define _GNU_SOURCE /* syscall, close_range's number */
#include "play/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_MACHINE AUDIT_ARCH_AARCH64
#endif

static void limit(int what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)what, &now) != 0)
        return;
    if (now.rlim_max == RLIM_INFINITY || now.rlim_max > most)
        now.rlim_max = most;
    now.rlim_cur = now.rlim_max;
    setrlimit((__rlimit_resource_t)what, &now);
}

/* ---- no network -------------------------------------------------------------------------- */

#ifdef OUR_MACHINE

/* Sockets but those within the machine are refused; so are calls of another machine's
 * numbering, which the filter would not know. */
static void refuse_network(void)
{
    static struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_MACHINE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof steps / sizeof *steps, steps};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#else

static void refuse_network(void)
{
}

#endif

/* ---- no files written -------------------------------------------------------------------- */

static const uint64_t WRITES =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

static void allow_writing_to(int rules, const char *path)
{
    struct landlock_path_beneath_attr beneath = {
        .allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE,
        .parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (beneath.parent_fd < 0)
        return;
    syscall(__NR_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    close(beneath.parent_fd);
}

static void refuse_writing(void)
{
    struct landlock_ruleset_attr wanted = {.handled_access_fs = WRITES};
    int rules = (int)syscall(__NR_landlock_create_ruleset, &wanted, sizeof wanted, 0);
    if (rules < 0)
        return;
    allow_writing_to(rules, "/dev/null");
    syscall(__NR_landlock_restrict_self, rules, 0);
    close(rules);
}

/* ---- the whole --------------------------------------------------------------------------- */

void cage_enter(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_AS, CAGE_MEMORY);
    limit(RLIMIT_CPU, CAGE_CPU_SECONDS);
    limit(RLIMIT_FSIZE, CAGE_FILE_BYTES);
    limit(RLIMIT_NOFILE, CAGE_FILES);
    limit(RLIMIT_CORE, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return;
    refuse_writing();
    refuse_network();
}

const char *cage_words(void)
{
    int landlock = (int)syscall(__NR_landlock_create_ruleset, NULL, 0,
                                LANDLOCK_CREATE_RULESET_VERSION);
    int seccomp = prctl(PR_GET_SECCOMP);
#ifndef OUR_MACHINE
    seccomp = -1;
#endif
    if (landlock > 0 && seccomp >= 0)
        return "external parties ran without network, and could write no files";
    if (seccomp >= 0)
        return "external parties ran without network; this kernel has no Landlock, so "
               "they could write files";
    if (landlock > 0)
        return "external parties could write no files; this kernel has no seccomp, so "
               "they had the network";
    return "external parties ran without a sandbox: this kernel has neither seccomp "
           "nor "
           "Landlock";
}
