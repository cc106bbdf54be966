/** Writes drafts as a file of our own questions. */
import { stringify } from 'yaml'
import type { Draft } from './draft'

/** Values for keys that a foreign format does not have. */
export interface DraftDefaults {
  readonly objectives: readonly string[]
  readonly source: string
  /** The beginning of the ids of drafts without one. */
  readonly prefix: string
}

export function draftsToYaml(drafts: readonly Draft[], defaults: DraftDefaults): string {
  const taken = new Set<string>()
  const entries = drafts.map((draft, index) => {
    const id = uniqueId(draft.id ?? `${defaults.prefix}-${index + 1}`, taken)
    return entry(draft, id, defaults)
  })
  // Items share the default objectives, and a file with many aliases would be refused when it is read.
  return stringify(entries, { lineWidth: 0, aliasDuplicateObjects: false })
}

function entry(draft: Draft, id: string, { objectives, source }: DraftDefaults) {
  return {
    id,
    objectives: draft.objectives.length > 0 ? draft.objectives : objectives,
    kind: draft.kind,
    difficulty: draft.difficulty ?? 'medium',
    stem: draft.stem,
    options: draft.options.map(({ text, right, why }) => ({
      text,
      ...(right && { right }),
      ...(why && { why }),
    })),
    explanation: draft.explanation ?? 'No explanation was given.',
    source: draft.source ?? source,
    ...(draft.versions && { versions: draft.versions }),
    ...(draft.enemies.length > 0 && { enemies: draft.enemies }),
  }
}

/** Makes an id of a foreign name: lower case, hyphens, and no two the same. */
function uniqueId(name: string, taken: Set<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50)
  const base = plain.length >= 3 ? plain : `item-${plain || taken.size + 1}`
  let id = base
  for (let turn = 2; taken.has(id); turn++) id = `${base}-${turn}`
  taken.add(id)
  return id
}
