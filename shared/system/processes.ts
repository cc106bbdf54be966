/** Questions about other processes. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { isNotPermitted } from './failures'

/** Signal 0 asks the kernel whether the process exists without touching it (kill(2)). A zombie has ended. */
export function isAlive(pid: number): boolean {
  // Zero and negative numbers are groups of processes.
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!isNotPermitted(error)) return false
  }
  const stat = statOf(pid)
  return stat === null || !hasEndedIn(stat)
}

/** What proc(5) says of a process; null where there is no such process, or no /proc. */
function statOf(pid: number): string | null {
  return orElse(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), null)
}

/**
 * Whether /proc/PID/stat (proc(5)) tells of a zombie, by fields 3 and 20. The first thread of a process is a zombie as
 * soon as it ends itself; while other threads still end, the files of the process are open and its locks are held.
 */
export function hasEndedIn(stat: string): boolean {
  const fields = fieldsFromThird(stat)
  return fields[0] === 'Z' && Number(fields[20 - 3]) <= 1
}

/**
 * The moment at which a process started, as the kernel writes it. Numbers of processes are given out again; the
 * number and this moment together name one process.
 *
 * @returns null where there is no such process, or no /proc
 */
export function startTimeOf(pid: number): string | null {
  const stat = statOf(pid)
  return stat === null ? null : startTimeIn(stat)
}

/** Field 22 of /proc/PID/stat (proc(5)). */
export function startTimeIn(stat: string): string | null {
  return fieldsFromThird(stat)[22 - 3] ?? null
}

/** Field 2 is a name in brackets, which may itself hold blanks and brackets. */
function fieldsFromThird(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/**
 * Names one process for good, also after its number was given out again or the machine was started again. Such names
 * are kept in labels and files.
 */
export function processName(pid: number = process.pid): string {
  return `${pid}.${startTimeOf(pid) ?? ''}.${bootId() ?? ''}`
}

/**
 * Whether the process of a name lives on this machine. Where one of the two sides does not know the start or the boot,
 * as without /proc, the number must do.
 */
export function isNamedAlive(name: string): boolean {
  const [pid = '', startTime = '', boot = ''] = name.split('.')
  if (!/^[1-9]\d{0,9}$/.test(pid) || !isAlive(Number(pid))) return false
  const isSame = (kept: string, now: string | null) => kept === '' || now === null || kept === now
  return isSame(startTime, startTimeOf(Number(pid))) && isSame(boot, bootId())
}

/** Names this run of the machine (random(4)). @returns null where the system does not say */
export function bootId(): string | null {
  return orElse(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), null)
}

/** Finds the processes that have a file open. Without /proc, and for processes of other users, it finds none. */
export function processesWith(path: string): number[] {
  const file = statSync(path, { throwIfNoEntry: false })
  if (!file || process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const hasIt = (pid: string) =>
    descriptorsOf(pid).some((link) => {
      const there = statSync(link, { throwIfNoEntry: false })
      return there?.ino === file.ino && there.dev === file.dev
    })
  return pids.filter((pid) => orElse(() => hasIt(pid), false)).map(Number)
}

/** The descriptors of a process that lead to files. Pipes and sockets have no path. */
function descriptorsOf(pid: string): string[] {
  const folder = `/proc/${pid}/fd`
  const links = orElse(() => readdirSync(folder), []).map((name) => `${folder}/${name}`)
  return links.filter((link) => orElse(() => readlinkSync(link), '').startsWith('/'))
}

/** A process may end while it is looked at, and not every system has /proc. */
function orElse<T>(look: () => T, otherwise: T): T {
  try {
    return look()
  } catch {
    return otherwise
  }
}
