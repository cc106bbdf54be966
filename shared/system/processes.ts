/** Questions about other processes. */

/** Signal 0 asks the kernel whether the process exists without touching it (kill(2)). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
