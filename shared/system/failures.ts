/** Questions about errors of the system, by their codes (errno(3)). */

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

/** The disk, or the user's share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  return hasCode(error, ['ENOSPC', 'EDQUOT'])
}

/** The file or folder does not exist. */
export function isNotThere(error: unknown): boolean {
  return hasCode(error, ['ENOENT'])
}

/** The file or folder exists already. */
export function isThere(error: unknown): boolean {
  return hasCode(error, ['EEXIST'])
}

/** The file, its folder or its disk may not be written by this user. */
export function isNotPermitted(error: unknown): boolean {
  return hasCode(error, ['EACCES', 'EPERM', 'EROFS'])
}

/** Another process has the file, and the system refuses to share it. */
export function isTaken(error: unknown): boolean {
  return hasCode(error, ['EAGAIN', 'EWOULDBLOCK', 'EBUSY'])
}
