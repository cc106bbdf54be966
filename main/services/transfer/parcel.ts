/**
 * The file that goes from one machine to another. Anybody may have written it: its size, its depth and the number of
 * everything in it are limited before it is read, and each attempt is parsed alone, so that a damaged one hides no other.
 */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import { AttemptEvent, HandsOnEvent } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import { aboveLimits } from '../../../shared/json-size'
import { Id, LARGEST_IMPORT, LONGEST_NOTE, MarkId } from '../../api'
import { KeptMark } from '../../store'

/** Goes up when an older Capstan can no longer understand the file. */
export const PARCEL_VERSION = 1

const LIMITS = { values: 3_000_000, levels: 32 }
const MOST_ATTEMPTS = 5_000
const MOST_EVENTS = 20_000
/** The items of a form, or the tasks of a hands-on exam. */
const MOST_ITEMS = 200
const MOST_OPTIONS = 20
const MOST_LABS = 2_000
const MOST_MARKS = 10_000
/** Ten years; milliseconds of an attempt. */
const LONGEST_MS = 10 * 366 * 24 * 3_600_000
/** The last moment that a date can tell. */
const LAST_MOMENT = 8.64e15

export const TakenExam = takenOf(
  AttemptEvent.refine((event) => event.kind !== 'began' || isSmall(event.form.items)),
)
export const TakenHandsOn = takenOf(
  HandsOnEvent.refine((event) => event.kind !== 'began' || event.form.tasks.length <= MOST_ITEMS),
)

function takenOf<E extends { readonly at: number }>(event: z.ZodType<E>) {
  const Event = z.object({
    event: event.refine(({ at }) => at <= LONGEST_MS),
    wall: z.number().min(0).max(LAST_MOMENT),
  })
  return z.object({ id: Id, events: z.array(Event).min(1).max(MOST_EVENTS) })
}

/** Adding an event to an attempt looks at all its items, and scoring one at all its options. */
function isSmall(items: readonly { readonly order: readonly number[]; readonly key: readonly number[] }[]) {
  const isSmallItem = ({ order, key }: (typeof items)[number]) =>
    order.length <= MOST_OPTIONS && key.length <= MOST_OPTIONS
  return items.length <= MOST_ITEMS && items.every(isSmallItem)
}

const Steps = z.object({
  stepsDone: z.number().int().min(0).max(1_000),
  completedAt: z.iso.datetime().nullable(),
})

const Mark = KeptMark.extend({ note: z.string().max(LONGEST_NOTE), at: z.iso.datetime() })

const Parcel = z.object({
  attempts: z.array(z.unknown()).max(MOST_ATTEMPTS),
  handsOn: z.array(z.unknown()).max(MOST_ATTEMPTS),
  labs: z.record(Id, Steps).refine((labs) => Object.keys(labs).length <= MOST_LABS, 'too many labs'),
  marks: z.record(MarkId, Mark).refine((marks) => Object.keys(marks).length <= MOST_MARKS, 'too many marks'),
})
export type Parcel = z.infer<typeof Parcel>

const Head = z.object({ capstan: z.string(), version: z.number() })

/**
 * Reads a file that the page has compressed with gzip and written in Base64.
 * @throws CapstanError `bad-input` for what is too large, no export, of a newer Capstan, or damaged
 */
export async function unpack(packed: string): Promise<Parcel> {
  const bytes = await unzipped(Buffer.from(packed, 'base64'))
  if (aboveLimits(bytes, LIMITS)) throw notOurs('The file has more in it than any export.')
  const raw = jsonOf(bytes)
  const head = Head.safeParse(raw).data
  if (head?.capstan === 'progress') throw forInstructors()
  if (head?.capstan !== 'everything') throw notOurs('The file is not an export of Capstan.')
  if (head.version > PARCEL_VERSION) throw newer()
  const { data, error } = Parcel.safeParse(raw)
  if (data) return data
  const [issue] = error.issues
  throw notOurs(`The file is damaged at "${issue?.path.join('.')}": ${issue?.message}.`)
}

async function unzipped(bytes: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: LARGEST_IMPORT })
  } catch (cause) {
    const isLarge = cause instanceof RangeError
    throw notOurs(
      isLarge
        ? `The file is larger than ${LARGEST_IMPORT / 1024 / 1024} MB.`
        : 'The file did not arrive whole.',
      cause,
    )
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw notOurs('The file is not JSON.', cause)
  }
}

function notOurs(message: string, cause?: unknown): CapstanError {
  return new CapstanError('bad-input', `${message} Nothing was imported.`, {
    help: 'On the other machine, choose Export everything on the Progress page, and import that file.',
    cause,
  })
}

function forInstructors(): CapstanError {
  return notOurs('The file has the results for an instructor, and not the attempts.')
}

function newer(): CapstanError {
  return new CapstanError('bad-input', 'A newer Capstan wrote the file. Nothing was imported.', {
    help: 'Update Capstan here, then import it again.',
  })
}
