/** The page for authors says what the code does. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { LIMITS } from '../lab-folders'
import { limitsOf } from '../node'
import { LARGEST } from './reader'
import { LabFile, NodesFile, StepFile } from './schema'

const page = await readFile(new URL('../../labs/README.md', import.meta.url), 'utf8')
const UNLIMITED = { memory: 0, cores: 1 }
const number = (value: number) => value.toLocaleString('en-US', { useGrouping: value >= 10_000 })

test('the limits of a folder and its files are those of the code', () => {
  const entries = LIMITS.entries.toLocaleString('en-US')
  expect(page).toContain(
    `| the folder | ${entries} files and folders, ${LIMITS.bytes / 2 ** 20} MB, ${LIMITS.depth} folders deep; names of ${LIMITS.nameBytes} bytes |`,
  )
  expect(page).toContain(`| \`lab.yaml\` | ${LARGEST['lab.yaml'] / 1024} KB; `)
  expect(page).toContain(`| a text or a hint | ${LARGEST.markdown / 1024} KB |`)
  expect(page).toContain(`| a script | ${LARGEST.script / 1024} KB |`)
})

test('the limits of a node are those of the code', () => {
  const { memory, disk, processes, openFiles, fileSize } = limitsOf({ nodes: 1 }, UNLIMITED)
  for (const row of [
    `| memory | ${memory} MiB, `,
    `| disk | ${disk} MiB, `,
    `| processes | ${processes} |`,
    `| open files | ${number(openFiles)} a process |`,
    `| a single file | ${fileSize / 1024} GiB |`,
  ])
    expect(page).toContain(row)
})

test.each(['memory', 'disk'] as const)('a node may ask for as much %s as the page says', (key) => {
  const row = new RegExp(`\\| \`${key}\`: (\\d+) to (\\d+) MiB \\|`).exec(page) ?? expect.fail('no row')
  const takes = (value: number) => NodesFile.safeParse({ node1: { [key]: value } }).success
  const [least, most] = [Number(row[1]), Number(row[2])]
  expect([least - 1, least, most, most + 1].map(takes)).toEqual([false, true, true, false])
})

test('every key of lab.yaml is on the page', () => {
  const keys = [LabFile, StepFile].flatMap((schema) => Object.keys(schema.shape))
  expect(keys.filter((key) => !page.includes(`${key}:`))).toEqual([])
})
