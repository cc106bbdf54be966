/**
 * A screen as its text can be drawn again.
 *
 * The package that keeps screens as text trusts what xterm.js says of its lines. A line may go on from the one before in
 * a way in which no text would bring it there: its first cell was erased later, or the last cell above was. The text then
 * puts the line in a wrong place, over what stands there. Such a line is said to be a line of its own here.
 */
import type { IBuffer, IBufferCell, IBufferLine, IBufferNamespace, Terminal } from '@xterm/headless'

/** The terminal, for a reader of its buffers. */
export function drawable(terminal: Terminal): Terminal {
  return instead(terminal, 'buffer', drawableBuffers(terminal.buffer))
}

function drawableBuffers(buffers: IBufferNamespace): IBufferNamespace {
  return {
    get active() {
      return drawableBuffer(buffers.active)
    },
    get normal() {
      return drawableBuffer(buffers.normal)
    },
    get alternate() {
      return drawableBuffer(buffers.alternate)
    },
    onBufferChange: buffers.onBufferChange,
  }
}

function drawableBuffer(buffer: IBuffer): IBuffer {
  return instead(buffer, 'getLine', (row: number) => {
    const line = buffer.getLine(row)
    return line && drawableLine(line, buffer, row)
  })
}

function drawableLine(line: IBufferLine, buffer: IBuffer, row: number): IBufferLine {
  return {
    length: line.length,
    isWrapped: goesOn(line, buffer.getLine(row - 1)),
    translateToString: (...range) => line.translateToString(...range),
    // Without automatic margins, half of a wide letter may be left in the last cell but one.
    getCell: (column, into) =>
      column > 0 && line.getCell(column - 1)?.getWidth() === 2
        ? buffer.getNullCell()
        : line.getCell(column, into),
  }
}

/** True when a text that is written on from the line above comes to this one. */
function goesOn(line: IBufferLine, above: IBufferLine | undefined): boolean {
  const first = line.getCell(0)
  if (!line.isWrapped || !above || !first?.getChars()) return false
  const [last, beforeLast] = [above.getCell(above.length - 1), above.getCell(above.length - 2)]
  if (isFull(last)) return hasSameGround(first, last)
  // A wide letter that does not fit leaves the last cell empty.
  return (
    first.getWidth() === 2 &&
    isFull(beforeLast) &&
    [first, beforeLast, last].every((cell) => cell?.isBgDefault())
  )
}

function isFull(cell: IBufferCell | undefined): boolean {
  return cell !== undefined && (cell.getChars() !== '' || cell.getWidth() === 0)
}

function hasSameGround(one: IBufferCell, other: IBufferCell | undefined): boolean {
  return one.getBgColorMode() === other?.getBgColorMode() && one.getBgColor() === other.getBgColor()
}

/** The same object with another value for one of its keys. */
function instead<T extends object, K extends keyof T>(object: T, key: K, value: T[K]): T {
  return new Proxy(object, {
    get: (target, asked) => (asked === key ? value : Reflect.get(target, asked, target)),
  })
}
