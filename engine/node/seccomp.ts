/** The system calls that a node is refused. */

/**
 * The engine in a node needs mounts, namespaces, keyrings and, on control groups of version 2, bpf. What follows is
 * refused by the kernel to everything in the node, also to its root: a shell takes the filter from its container, and
 * nothing can take a filter off again.
 */
const REFUSED = {
  'another kernel, or code in this one': [
    'kexec_load',
    'kexec_file_load',
    'init_module',
    'finit_module',
    'delete_module',
    'create_module',
    'uselib',
  ],
  'files of the host by their handle': ['open_by_handle_at'],
  'the state of the whole machine': [
    'reboot',
    'swapon',
    'swapoff',
    'settimeofday',
    'clock_settime',
    'clock_settime64',
    'clock_adjtime',
    'clock_adjtime64',
    'adjtimex',
    'stime',
    'acct',
    'quotactl',
    'quotactl_fd',
    'syslog',
    'vhangup',
  ],
  'the ports of the hardware': ['iopl', 'ioperm'],
  'parts of the kernel that were a way out often, and that nothing here needs': [
    'perf_event_open',
    'userfaultfd',
    'io_uring_setup',
    'io_uring_enter',
    'io_uring_register',
    'add_key',
    'request_key',
    'lookup_dcookie',
    'nfsservctl',
    'vm86',
    'vm86old',
    'fanotify_init',
  ],
} as const

const EPERM = 1
const EOPNOTSUPP = 95

/** Programs of the older architectures run on the same kernel, and must not be a way around the filter. */
const ARCHITECTURES = [
  { architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'] },
  { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: ['SCMP_ARCH_ARM'] },
]

/** The filter as Docker's API takes it: a profile of seccomp in JSON. */
export function seccompProfile(): string {
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    archMap: ARCHITECTURES,
    syscalls: [
      { names: Object.values(REFUSED).flat(), action: 'SCMP_ACT_ERRNO', errnoRet: EPERM },
      // It takes a whole disk in one moment. Programs that are told so write their zeros instead.
      { names: ['fallocate'], action: 'SCMP_ACT_ERRNO', errnoRet: EOPNOTSUPP },
    ],
  })
}
