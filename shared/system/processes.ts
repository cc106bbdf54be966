/** Questions about other processes. */
import { readFileSync } from 'node:fs'

/** Signal 0 asks the kernel whether the process exists without touching it (kill(2)). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * The moment at which a process started, as the kernel writes it. Numbers of processes are given out again; the
 * number and this moment together name one process.
 *
 * @returns null where there is no such process, or no /proc
 */
export function startTimeOf(pid: number): string | null {
  try {
    return startTimeIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // A system without /proc, or a process that has ended.
    return null
  }
}

/** Field 22 of /proc/PID/stat (proc(5)). Field 2 is a name in brackets, which may itself hold blanks and brackets. */
export function startTimeIn(stat: string): string | null {
  const fieldsFromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fieldsFromThird[22 - 3] ?? null
}
