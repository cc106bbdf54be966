import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { problemText } from '../../source'
import { courseImageNames } from '../images'
import { lintLab } from './lint'
import { loadCatalogue, loadLab } from './load'
import { labJsonSchema } from './schema'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const known = {
  images: courseImageNames(),
  capabilities: ['ipvs', 'vxlan', 'esp', 'macvlan', 'ipvlan', 'userns'],
}

test.each([
  ['bad-yaml', 4, 'here is a tab'],
  ['unknown-key', 14, 'The key "solutoin" is not known here.'],
  ['missing-file', 10, 'The file "nowhere.md" does not exist.'],
  ['path-escape', 10, "leads out of the lab's folder"],
  ['unknown-node', 13, 'There is no node called "node2".'],
])('%s: the problem names file, line and mend', async (name, line, words) => {
  const { lab, problems } = await loadLab(at(`test/fixtures/labs/broken/${name}`))
  expect(lab).toBeNull()
  expect(problems[0]).toMatchObject({ file: 'lab.yaml', line, severity: 'error' })
  expect(problems[0]?.message).toContain(words)
  expect(problems[0]?.mend).not.toBe('')
  expect(problemText(problems[0] ?? expect.fail())).toMatch(/^lab\.yaml:\d+:\d+ /)
})

test('one broken lab does not hide the others', async () => {
  const results = await loadCatalogue(at('test/fixtures/labs'))
  expect(results.filter(({ lab }) => lab).map(({ id }) => id)).toContain('good')
  expect(results.filter(({ domain }) => domain === 'broken').every(({ lab }) => lab === null)).toBe(true)
})

test('defaults are filled in', async () => {
  const { lab } = await loadLab(at('test/fixtures/labs/proofs/good'))
  const [one] = lab?.steps ?? []
  expect(one?.title).toBe('One')
  expect(one?.checks[0]).toMatchObject({ kind: 'query', on: 'node1', within: 5000, guard: false })
  expect(one?.solution).toEqual([{ on: 'node1', file: 'one.sh', text: 'docker volume create data\n' }])
})

test('every lab of the catalogue is free of errors and warnings', async () => {
  const labs = await loadCatalogue(at('labs'))
  expect(labs.length).toBeGreaterThanOrEqual(5)
  for (const { directory } of labs) expect((await lintLab(directory, known)).problems).toEqual([])
})

test('the JSON Schema for editors knows the keys of the format', () => {
  const text = JSON.stringify(labJsonSchema())
  for (const key of ['steps', 'checks', 'mistakes', 'guard', 'within']) expect(text).toContain(`"${key}"`)
  expect(readFileSync(at('labs/README.md'), 'utf8')).toContain('guard: true')
})
