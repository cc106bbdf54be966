import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { ROOT } from '../e2e/serve'

const PAGE = join(ROOT, 'dist/renderer')
/** Bytes, packed as the web host sends them. */
const MOST = 500_000

/** What a browser fetches before the first page is there, with the content of each. */
async function firstLoad(): Promise<ReadonlyMap<string, string>> {
  const loaded = new Map<string, string>()
  const load = async (path: string) => {
    if (loaded.has(path)) return
    const content = await readFile(join(PAGE, path), 'utf8')
    loaded.set(path, content)
    for (const next of path.endsWith('.js') ? importsOf(content) : linksOf(content)) await load(next)
  }
  await load('index.html')
  return loaded
}

/** Scripts and styles of the document, whose paths begin at the root. */
function linksOf(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path)
}

/** Imports that are not asked for later: those are calls. */
function importsOf(script: string): string[] {
  const imports = script.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)
  return [...imports].map(([, name = '']) => `assets/${name}`)
}

test('the first load is small', async () => {
  const sizes = [...(await firstLoad())].map(([path, content]) => [path, gzipSync(content).length] as const)
  const all = sizes.reduce((sum, [, size]) => sum + size, 0)
  expect(all, sizes.map((one) => one.join(': ')).join('\n')).toBeLessThan(MOST)
  // An entry whose imports are not found would be small as well.
  expect(sizes.length).toBeGreaterThan(3)
  expect(all).toBeGreaterThan(50_000)
})

test.each([
  ['the editor', 'monaco-editor'],
  ['a terminal', 'xterm-helper-textarea'],
])('the first load holds nothing of %s', async (_what, words) => {
  for (const [path, content] of await firstLoad()) expect(content.includes(words), path).toBe(false)
})
