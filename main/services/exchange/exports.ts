/** Questions on their way out: which ones, with their pictures, in the format of another program. */
import { type Item, picturesIn } from '../../../exam'
import { CapstanError, isCapstanError } from '../../../shared/errors'
import type { ExportReady } from '../../api'
import { type CarriedPicture, type FoundPicture, runInThread, type WrittenForeign } from '../own'
import { formatView } from './formats'

/** Milliseconds. The whole bank takes a twentieth of it. */
const WRITE_LIMIT_MS = 60_000
/** Bytes of all pictures of one export. */
const MOST_PICTURES = 100 * 1024 * 1024

export type PictureOfItem = (item: Item, path: string) => Promise<FoundPicture>

/** @throws CapstanError `bad-input` for a format that there is not, or without questions; `engine-timeout` */
export async function writeForeign(
  items: readonly Item[],
  format: string,
  pictureOf: PictureOfItem,
): Promise<WrittenForeign> {
  formatView(format)
  if (items.length === 0)
    throw new CapstanError('bad-input', 'There is no question to export.', {
      help: 'Choose other questions.',
    })
  const pictures = await carriedPictures(items, pictureOf)
  let written: WrittenForeign | null = null
  await runInThread(
    { kind: 'write', format, items, pictures },
    {
      limitMs: WRITE_LIMIT_MS,
      onReport: (report) => {
        if (report.kind === 'written') written = report.written
      },
    },
  )
  if (written) return written
  throw new CapstanError('bad-input', 'The questions could not be written.', { help: 'Try again.' })
}

/** The pictures that the items show. One that cannot be read stays behind, and the writer tells it as lost. */
export async function carriedPictures(
  items: readonly Item[],
  pictureOf: PictureOfItem,
): Promise<CarriedPicture[]> {
  const pictures: CarriedPicture[] = []
  let bytes = 0
  for (const item of items)
    for (const path of picturesIn(item)) {
      const found = await pictureOf(item, path).catch((error: unknown) => {
        if (isCapstanError(error)) return null
        throw error
      })
      bytes += found?.bytes.length ?? 0
      if (found && bytes <= MOST_PICTURES) pictures.push({ item: item.id, path, bytes: found.bytes })
    }
  return pictures
}

/** What the format cannot keep, the commonest part first. */
export function lostParts(lost: WrittenForeign['lost']): ExportReady['lost'] {
  const counts = new Map<string, number>()
  for (const part of lost.flatMap(({ parts }) => parts)) counts.set(part, (counts.get(part) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([part, items]) => ({ part, items }))
}
