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
