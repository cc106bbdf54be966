/** Lab folders for tests: written to disk, and removed when the test has looked at them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A lab without a flaw. Tests replace one piece of it each. */
export const LAB = `title: A lab
summary: For the tests of the loader and the linter.
objectives: [NET-05]
difficulty: easy
minutes: 5
nodes: { node1: {}, node2: { swarm: worker } }
steps:
  - id: one
    text: 1.md
    checks: [{ name: It is there, file: /root/a, expect: b }]
    hints: [1.md]
    solution: one.sh
    mistakes: [{ script: one.sh, explains: not there }]
`

/** A task without a flaw. */
export const TASK = LAB.replace('title: A lab', 'kind: task\ntitle: A task').replace(
  '    hints: [1.md]\n',
  '',
)

const FILES = { '1.md': '# The first step\n\nDo *something*.\n', 'one.sh': 'true\n' }

/** Writes a lab folder, hands it over, and removes it afterwards. */
export async function withLab<T>(
  yaml: string,
  look: (folder: string) => Promise<T>,
  files: Readonly<Record<string, string | Buffer>> = {},
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'capstan-lab-'))
  const folder = join(root, 'networking', 'a-lab')
  try {
    for (const [name, content] of Object.entries({ 'lab.yaml': yaml, ...FILES, ...files })) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
    return await look(folder)
  } finally {
    await rm(root, { recursive: true })
  }
}
