/** Labs that are not on disk, for tests. */
import type { LabResult, LoadedLab } from '../../engine'

export function fakeLab(part: Partial<LoadedLab> & Pick<LoadedLab, 'id'>): LoadedLab {
  return {
    domain: 'networking',
    directory: '/labs',
    hash: 'hash of the lab',
    kind: 'lab',
    title: `Title of ${part.id}`,
    summary: 'What it is about.',
    objectives: ['NET-05'],
    difficulty: 'easy',
    minutes: 10,
    requires: [],
    engine: null,
    nodes: [{ name: 'node1', swarm: 'none', networks: [] }],
    networks: [],
    images: [],
    files: [],
    setup: [],
    steps: [
      {
        id: 'one',
        title: 'One',
        markdown: 'Do it.',
        setup: [],
        checks: [],
        hints: ['Look again.'],
        solution: [{ on: 'node1', file: 'solution.sh', text: 'docker run secret-solution' }],
        shown: [],
        mistakes: [],
      },
    ],
    ...part,
  }
}

/** The lab as the loader gives it. */
export function loaded(lab: LoadedLab): LabResult {
  return { id: lab.id, domain: lab.domain, directory: lab.directory, lab, problems: [] }
}
