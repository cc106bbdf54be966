/** How long a set-up still takes. What each part takes on a machine of two processors is scaled by what was measured. */
import type { Progress } from './setup-progress'

/** Seconds on two processors of 2024. A quick line may have none. */
export const PART_SECONDS = {
  packages: 6,
  'engine-start': 2,
  'node-image': 48,
  base: 20,
  'course-images': 35,
  mirror: 12,
  template: 7,
} as const

type Part = keyof typeof PART_SECONDS
type Lane = readonly Part[]

/** The lanes of a stage run side by side, and the parts of a lane one after the other. */
const STAGES: readonly (readonly Lane[])[] = [
  [['packages', 'engine-start']],
  [['node-image'], ['base', 'course-images']],
  [['mirror', 'template']],
]

/** A part that takes a smaller share of its time than this has found its work done. */
const FOUND_DONE = 0.1
/** A part says little about the machine's speed before this share of it is done. */
const TELLS = 0.3
/** Seconds of measured work, below which the machine's speed is not known. */
const ENOUGH = 5
/** A part that takes longer than it should is nearly done, for all that is known. */
const NEARLY = 0.95
/** Seconds. A set-up in which no part takes so long has found everything there. */
const WORTH_TELLING = 2

interface Seen {
  readonly begun: number
  readonly ended: number | null
  /** The share that was done at a time, when the part last told of it. */
  readonly told: { readonly share: number; readonly at: number }
}

export class RemainingTime {
  readonly #seen = new Map<string, Seen>()

  /** @param now seconds of a clock that never goes back */
  see({ id, state, fraction }: Pick<Progress, 'id' | 'state' | 'fraction'>, now: number): void {
    if (state === 'waiting') return
    const { begun, told } = this.#seen.get(id) ?? { begun: now, told: { share: 0, at: now } }
    const ended = state === 'running' ? null : now
    this.#seen.set(id, { begun, ended, told: fraction === null ? told : { share: fraction, at: now } })
  }

  /** Whole seconds until everything is prepared, or null while nothing takes time. */
  at(now: number): number | null {
    const parts = STAGES.flat(2)
    const seen = parts.flatMap((part) => this.#seen.get(part) ?? [])
    if (!seen.some(({ begun, ended }) => (ended ?? now) - begun >= WORTH_TELLING)) return null
    const pace = this.#pace(parts)
    const ofLane = (lane: Lane) => sum(lane.map((part) => this.#left(part, { pace, now })))
    return Math.ceil(sum(STAGES.map((lanes) => Math.max(...lanes.map(ofLane)))))
  }

  /** How much longer than on the other machine the parts take here, as far as they tell. */
  #pace(parts: readonly Part[]): number {
    let [took, expected] = [0, 0]
    for (const part of parts) {
      const seen = this.#seen.get(part)
      if (!seen) continue
      const share = seen.ended === null ? seen.told.share : 1
      const seconds = (seen.ended ?? seen.told.at) - seen.begun
      if (share < TELLS || seconds < FOUND_DONE * PART_SECONDS[part]) continue
      took += seconds
      expected += share * PART_SECONDS[part]
    }
    return expected < ENOUGH ? 1 : took / expected
  }

  #left(part: Part, { pace, now }: { readonly pace: number; readonly now: number }): number {
    const whole = PART_SECONDS[part] * pace
    const seen = this.#seen.get(part)
    if (!seen) return whole
    if (seen.ended !== null) return 0
    const { share, at } = seen.told
    return whole * (1 - Math.min(NEARLY, share + (now - at) / whole))
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
