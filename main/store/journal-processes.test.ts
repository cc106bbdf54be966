import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { JournalFolder } from './journal'

/** Adds entries to a journal, prints each that was confirmed, and opens the folder again when it was refused. */
const WRITER = `
import { z } from 'zod'
import { JournalFolder } from './journal.js'
const [, , folder, name, count] = process.argv
const open = () => new JournalFolder({
  folder,
  entry: z.object({ who: z.string(), n: z.number() }),
  onCorrupt: (message) => { console.log('DAMAGE ' + message) },
})
let journal = open()
for (let n = 0; n < Number(count); n++) {
  try {
    await journal.append('shared', { who: name, n })
    console.log(JSON.stringify({ who: name, n }))
  } catch (error) {
    if (error.code !== 'store-corrupt' || !error.message.includes('Another Capstan')) throw error
    journal = open()
  }
}
`
const Entry = z.object({ who: z.string(), n: z.number() })

let programs: string
const children: ChildProcessWithoutNullStreams[] = []

beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), 'capstan-journal-programs-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: programs,
      rollupOptions: {
        input: {
          journal: fileURLToPath(new URL('journal.ts', import.meta.url)),
          zod: import.meta.resolve('zod').replace('file://', ''),
        },
        output: { entryFileNames: '[name].js' },
        preserveEntrySignatures: 'strict',
      },
    },
  })
  writeFileSync(join(programs, 'package.json'), '{"type":"module"}')
  writeFileSync(join(programs, 'writer.js'), WRITER.replace("from 'zod'", "from './zod.js'"))
}, 120_000)
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(programs, { recursive: true, force: true }))

/** Runs a writer to its end. @returns the lines that it printed */
async function write(folder: string, name: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(programs, 'writer.js'), folder, name, String(count)])
  children.push(child)
  let errors = ''
  child.stderr.on('data', (text) => {
    errors += text
  })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const [code] = await once(child, 'close')
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return lines
}

test('two processes that write to one journal lose no entry that was confirmed', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'capstan-journal-'))
  try {
    const journal = new JournalFolder({ folder, entry: Entry, onCorrupt: expect.fail })
    await journal.append('shared', { who: 'me', n: 0 })
    const confirmed = (await Promise.all(['ann', 'bob'].map((name) => write(folder, name, 300)))).flat()
    await expect(journal.append('shared', { who: 'me', n: 1 })).rejects.toMatchObject({
      code: 'store-corrupt',
    })
    const kept = await new JournalFolder({ folder, entry: Entry, onCorrupt: expect.fail }).read('shared')
    const texts = new Set(kept.map((entry) => JSON.stringify(entry)))
    expect(confirmed.filter((line) => line.startsWith('DAMAGE'))).toEqual([])
    expect(confirmed.filter((line) => !texts.has(line))).toEqual([])
    expect(confirmed.length).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
