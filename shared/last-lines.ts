/** The end of an output. A program says there why it failed. */

/** The last lines of a text as one line. Blank lines at its end do not count. */
export function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join(' ')
}
