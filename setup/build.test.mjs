import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildableRoot, ensureBuild, PARTS } from './build.mjs'
import { folderWith, write } from './folder.test-kit.mjs'
import { ROOT } from './run.mjs'

const parts = [
  { name: 'main', program: [], sources: ['main', 'lock.json'] },
  { name: 'page', program: [], sources: ['page', 'lock.json'] },
]

function project() {
  const root = folderWith({
    'main/a.ts': 'a',
    'main/deep/b.ts': 'b',
    'main/a.test.ts': 'test',
    'page/c.tsx': 'c',
    'lock.json': '{}',
  })
  const built = []
  const build = async ({ name }) => void built.push(name)
  const again = async () => {
    built.length = 0
    await ensureBuild({ root, parts, build })
    return [...built]
  }
  return { root, again }
}

describe('ensureBuild', () => {
  it('builds every part once', async () => {
    const { again } = project()
    expect(await again()).toEqual(['main', 'page'])
    expect(await again()).toEqual([])
  })

  it.each([
    ['a changed file', ['main'], (root) => write(root, 'main/deep/b.ts', 'other')],
    ['a new file', ['main'], (root) => write(root, 'main/new.ts', '')],
    ['a removed file', ['main'], (root) => rmSync(join(root, 'main/a.ts'))],
    ['a renamed file', ['page'], (root) => renameSync(join(root, 'page/c.tsx'), join(root, 'page/d.tsx'))],
    ['other packages', ['main', 'page'], (root) => write(root, 'lock.json', '{"v":2}')],
    ['a removed dist', ['main', 'page'], (root) => rmSync(join(root, 'dist'), { recursive: true })],
    ['a changed test', [], (root) => write(root, 'main/a.test.ts', 'other')],
  ])('after %s it builds %j', async (_what, expected, change) => {
    const { root, again } = project()
    await again()
    change(root)
    expect(await again()).toEqual(expected)
  })

  it.skipIf(process.platform === 'win32')('names a pipe and a link, and opens neither', async () => {
    const { root, again } = project()
    await again()
    execFileSync('mkfifo', [join(root, 'main/pipe')])
    symlinkSync('/dev/zero', join(root, 'page/link'))
    expect(await again()).toEqual(['main', 'page'])
    expect(await again()).toEqual([])
  })

  it('leaves no mark when a build fails, so that the next run tries again', async () => {
    const { root, again } = project()
    const failing = ensureBuild({ root, parts, build: () => Promise.reject(new Error('syntax')) })
    await expect(failing).rejects.toThrow('syntax')
    expect(await again()).toEqual(['main', 'page'])
  })

  it.each(PARTS)('$name is built from files that exist', ({ sources }) => {
    for (const source of sources) expect(existsSync(join(ROOT, source)), source).toBe(true)
  })
})

describe('buildableRoot', () => {
  it.each(['plain', 'with space', 'percent %20', 'umlaut ü'])('is the folder itself for "%s"', (name) => {
    const root = join(folderWith({ [`${name}/file`]: '' }), name)
    expect(buildableRoot(root).path).toBe(root)
  })

  it.each(['hash#1', 'a #b#c'])('is a link for "%s", which can be removed without the folder', (name) => {
    const root = join(folderWith({ [`${name}/file`]: 'kept' }), name)
    const { path, remove } = buildableRoot(root)
    expect(path).not.toMatch(/[#?]/)
    expect(readFileSync(join(path, 'file'), 'utf8')).toBe('kept')
    remove()
    expect(existsSync(dirname(path))).toBe(false)
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('kept')
  })
})
