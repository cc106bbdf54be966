/** Items for tests of forms, of which each test says only what it is about. */
import type { Item } from '../format'

export function plainItem(id: string, part: Partial<Item> = {}): Item {
  return {
    id,
    template: null,
    domain: 'alpha',
    objectives: ['ALP-01'],
    kind: 'choice',
    difficulty: 'easy',
    stem: id,
    exhibits: [],
    options: [],
    explanation: '',
    source: '',
    versions: null,
    enemies: [],
    prompts: [],
    command: null,
    distinct: [],
    proof: undefined,
    unprovable: null,
    tags: [],
    category: null,
    place: { file: '', index: 0 },
    ...part,
  }
}
