import { expect, test } from 'vitest'
import { seccompProfile } from './seccomp'

const profile = JSON.parse(seccompProfile())

test('what reaches the whole machine is refused, and nothing that the engine of a node needs', () => {
  const refused: string[] = profile.syscalls.flatMap(({ names }: { names: string[] }) => names)
  expect(refused).toEqual(
    expect.arrayContaining(['kexec_load', 'finit_module', 'open_by_handle_at', 'reboot', 'settimeofday']),
  )
  for (const needed of ['mount', 'unshare', 'setns', 'keyctl', 'bpf', 'pivot_root', 'clone', 'ptrace'])
    expect(refused).not.toContain(needed)
  expect(new Set(refused).size).toBe(refused.length)
})

test('the older architectures of a processor are filtered too', () => {
  expect(profile.archMap).toContainEqual({
    architecture: 'SCMP_ARCH_X86_64',
    subArchitectures: ['SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
  })
})
