/**
 * Erases up to the cursor where xterm.js cannot.
 *
 * With the cursor in the last cell of the screen, xterm.js 6 looks for a line below the last one when it is told to
 * erase all before the cursor. It throws then, and a terminal that has thrown never draws again.
 */

/** What is used of an xterm. */
export interface ErasableScreen {
  readonly cols: number
  readonly rows: number
  readonly buffer: { readonly active: { readonly cursorX: number; readonly cursorY: number } }
  readonly parser: {
    registerCsiHandler(
      id: { readonly prefix?: string; readonly final: string },
      handler: (params: (number | number[])[]) => boolean,
    ): unknown
  }
}

/** What xterm.js itself does, which its public interface does not offer. The package that keeps screens as text uses it too. */
interface Inside {
  readonly _core?: {
    readonly _inputHandler?: {
      eraseInDisplay?(params: { readonly params: readonly number[] }, respectProtect: boolean): boolean
    }
  }
}

const BEFORE_CURSOR = 1
const ALL = 2

/** Makes "erase all before the cursor" harmless on this screen. */
export function eraseSafely(screen: ErasableScreen): void {
  for (const prefix of ['', '?']) {
    const sequence = prefix ? { prefix, final: 'J' } : { final: 'J' }
    screen.parser.registerCsiHandler(sequence, ([what]) => {
      // Up to the last cell is everything.
      if (what !== BEFORE_CURSOR || !isInLastCell(screen)) return false
      return eraseAll(screen, prefix === '?')
    })
  }
}

function isInLastCell({ cols, rows, buffer }: ErasableScreen): boolean {
  return buffer.active.cursorY >= rows - 1 && buffer.active.cursorX >= cols - 1
}

/** @returns false when xterm.js must do it on its own */
function eraseAll(screen: ErasableScreen & Inside, respectProtect: boolean): boolean {
  return screen._core?._inputHandler?.eraseInDisplay?.({ params: [ALL] }, respectProtect) ?? false
}
