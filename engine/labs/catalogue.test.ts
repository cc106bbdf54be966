import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { foldersIn, loadCatalogue } from './catalogue'
import { LAB, TASK, withLab } from './lab-folder.test-kit'
import { type LabResult, loadLab } from './load'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

test('one broken lab does not hide the others', async () => {
  const results = await loadCatalogue(at('test/fixtures/labs'))
  expect(results.filter(({ lab }) => lab).map(({ id }) => id)).toContain('good')
  const broken = results.filter(({ domain }) => domain === 'broken')
  expect(broken.length).toBeGreaterThanOrEqual(5)
  expect(broken.every(({ lab, problems }) => lab === null && problems.length > 0)).toBe(true)
})

test('labs are sorted by domain and id, and hidden folders and files are not labs', async () => {
  const ids = await withLab(LAB, async (folder) => {
    const root = dirname(dirname(folder))
    for (const path of ['networking/.git', 'networking/z-lab', 'images/b-lab', '.cache/x'])
      await mkdir(join(root, path), { recursive: true })
    await writeFile(join(root, 'README.md'), '')
    return (await loadCatalogue(root)).map(({ domain, id }) => `${domain}/${id}`)
  })
  expect(ids).toEqual(['images/b-lab', 'networking/a-lab', 'networking/z-lab'])
})

test('a folder that is not there has no labs', async () => {
  expect(await loadCatalogue(at('test/fixtures/nowhere'))).toEqual([])
})

describe('beside a good lab', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'capstan-catalogue-'))
    await write('networking/good', LAB)
  })
  afterEach(async () => await rm(root, { recursive: true }))

  async function write(name: string, yaml: string) {
    await mkdir(join(root, name), { recursive: true })
    await writeFile(join(root, name, 'lab.yaml'), yaml)
    await writeFile(join(root, name, '1.md'), '# One\n')
    await writeFile(join(root, name, 'one.sh'), 'true\n')
  }

  /** What is told about the labs: their first problem, or that they are good. */
  async function told(shipped: readonly string[] = []) {
    const results = await loadCatalogue(root, { shipped })
    return Object.fromEntries(
      results.map(({ domain, id, lab, problems }) => [
        `${domain}/${id}`,
        lab ? 'good' : problems[0]?.message,
      ]),
    )
  }

  test('a lab of another folder takes no id of a lab that ships, not even with the same domain', async () => {
    const other = await mkdtemp(join(tmpdir(), 'capstan-theirs-'))
    await cp(join(root, 'networking'), join(other, 'networking'), { recursive: true })
    await cp(join(root, 'networking/good'), join(other, 'networking/new'), { recursive: true })
    const results = await loadCatalogue([root, other], { shipped: ['networking/good'] })
    const told = results.map(({ directory, lab }) => [directory, lab !== null])
    expect(told).toEqual([
      [join(root, 'networking/good'), true],
      [join(other, 'networking/good'), false],
      [join(other, 'networking/new'), true],
    ])
    await rm(other, { recursive: true })
  })

  const keys = Array.from({ length: 20_000 }, (_one, index) => `key${index}: 1`).join('\n')
  test.each<[string, yaml: string, message: RegExp]>([
    ['1 MB of "["', '['.repeat(1_000_000), /larger than 64 KB/],
    ['64 KB of "["', '['.repeat(64 * 1024), /inside more than/],
    ['20,000 keys', keys, /larger than 64 KB/],
    ['as many keys as there is room for', keys.slice(0, 64 * 1024), /is not known here|not valid|implicit/],
    ['one key a thousand times', 'k: 1\n'.repeat(10_000), /twice/],
    ['nothing', '', /object/],
  ])('a lab of %s', async (_what, yaml, message) => {
    await write('networking/bad', yaml)
    expect(await told()).toEqual({
      'networking/good': 'good',
      'networking/bad': expect.stringMatching(message),
    })
  })

  test.each([
    ['lab.yaml', '"lab.yaml" is a pipe.'],
    ['1.md', '"1.md" is a pipe.'],
    ['one.sh', '"one.sh" is a pipe.'],
  ])('a lab whose %s is a pipe', async (file, message) => {
    await write('networking/bad', LAB)
    await rm(join(root, 'networking/bad', file))
    execFileSync('mkfifo', [join(root, 'networking/bad', file)])
    expect(await told()).toEqual({ 'networking/good': 'good', 'networking/bad': message })
  })

  test('links to labs and to domains are told, not followed', async () => {
    await symlink('good', join(root, 'networking/linked'))
    await symlink('/etc', join(root, 'etc'))
    expect(await told()).toMatchObject({
      'networking/good': 'good',
      'networking/linked': "The lab's folder is a link.",
      [`${root.split('/').at(-1)}/etc`]: "The lab's folder is a link.",
    })
  })

  test('two folders of one id are an error in both', async () => {
    await write('images/good', LAB)
    expect(await told()).toEqual({
      'images/good': 'The id "good" is the id of networking/good too.',
      'networking/good': 'The id "good" is the id of images/good too.',
    })
  })

  test('a lab that ships with Capstan cannot be shadowed or disabled', async () => {
    await write('aaa/good', LAB.replace('A lab', 'EVIL'))
    await write('zzz/good', 'broken: [')
    expect(await told(['networking/good'])).toEqual({
      'aaa/good': 'The id "good" is the id of a lab that ships with Capstan.',
      'networking/good': 'good',
      'zzz/good': 'The id "good" is the id of a lab that ships with Capstan.',
    })
  })

  test('tasks are taken from their folder only', async () => {
    await write('aaa/a-task', TASK)
    await write('tasks/b-task', TASK)
    expect(await told()).toMatchObject({
      'aaa/a-task': 'A task is in the folder tasks.',
      'tasks/b-task': 'good',
    })
  })

  test.each(['A Lab', 'a\u001b]0;evil', '-x', '__proto__'])('a folder called %j has no id', async (name) => {
    await cp(join(root, 'networking/good'), join(root, 'networking', name), { recursive: true })
    const results = await loadCatalogue(root, { shipped: [] })
    expect(results.flatMap(({ lab }) => lab?.id ?? [])).toEqual(['good'])
    const bad = results.find(({ id }) => id !== 'good')
    expect(bad?.problems[0]?.message).toContain('is no id for a lab')
    expect(bad?.id).not.toContain('\u001b')
  })

  describe('a disk that does not answer', () => {
    const LATE = 'This lab has not been read within 1 s. It is still being read.'
    const GIVEN_UP = 'This lab could not be read within 10 s.'
    const never = () => new Promise<never>(() => undefined)
    /** The limits of all folders, in the hand of the test. */
    let limits: AbortController[]
    beforeEach(() => {
      limits = []
      vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
        const limit = new AbortController()
        limits.push(limit)
        return limit.signal
      })
    })
    afterEach(() => void vi.restoreAllMocks())

    const reachLimits = () => {
      for (const limit of limits) limit.abort()
    }
    const told = (results: readonly LabResult[] | undefined) =>
      Object.fromEntries(
        (results ?? []).map(({ id, lab, problems }) => [id, lab ? 'good' : problems[0]?.message]),
      )

    test('for some labs holds up no other, and each is shown when it comes', async () => {
      const stuck = ['a', 'b', 'c', 'd', 'e'].map((name) => `stuck-${name}`)
      for (const name of [...stuck, 'slow', 'z-lab']) await write(`networking/${name}`, LAB)
      let answer: () => void = () => undefined
      const answers = new Promise<void>((resolve) => (answer = resolve))
      const read = async (folder: string) => {
        if (folder.includes('stuck')) return await never()
        if (folder.endsWith('slow')) await answers
        return await loadLab(folder)
      }
      const late: LabResult[][] = []
      const options = { shipped: [], read, onLate: (results: LabResult[]) => late.push(results) }
      const all = (of: string) => Object.fromEntries(stuck.map((name) => [name, of]))
      const good = { good: 'good', 'z-lab': 'good' }
      expect(told(await loadCatalogue(root, options))).toEqual({ ...good, slow: LATE, ...all(LATE) })
      answer()
      await expect.poll(() => told(late.at(-1))).toEqual({ ...good, slow: 'good', ...all(LATE) })
      reachLimits()
      await expect.poll(() => told(late.at(-1))).toEqual({ ...good, slow: 'good', ...all(GIVEN_UP) })
    })

    test.each([
      ['a folder of labs', (path: string, dead: string) => path === dead],
      ['one of its domains', (path: string, dead: string) => path === join(dead, 'images')],
    ])('for %s hides no other', async (_what, isDead) => {
      const other = await mkdtemp(join(tmpdir(), 'capstan-dead-'))
      await mkdir(join(other, 'images'))
      const list = async (path: string) => (isDead(path, other) ? await never() : await foldersIn(path))
      const late: LabResult[][] = []
      const loading = loadCatalogue([other, root], { list, onLate: (results) => late.push(results) })
      expect(Object.values(told(await loading))).toEqual([LATE, 'good'])
      reachLimits()
      await expect.poll(() => Object.values(told(late.at(-1)))).toEqual([GIVEN_UP, 'good'])
      await rm(other, { recursive: true })
    })

    test('is waited for by those who want everything', async () => {
      await write('networking/stuck', LAB)
      const read = async (folder: string) =>
        folder.endsWith('stuck') ? await never() : await loadLab(folder)
      const loading = loadCatalogue(root, { shipped: [], read })
      // The domain, the good lab and this one have begun.
      await expect.poll(() => limits.length).toBe(4)
      reachLimits()
      expect(told(await loading)).toEqual({ good: 'good', stuck: GIVEN_UP })
    })

    test('ends with the signal', async () => {
      await write('networking/stuck', LAB)
      const stop = new AbortController()
      const loading = loadCatalogue(root, { signal: stop.signal, read: never })
      await expect.poll(() => limits.length).toBe(4)
      stop.abort(new Error('the app ends'))
      await expect(loading).rejects.toThrow('the app ends')
    })
  })

  test('loading ends when it is cancelled', async () => {
    const stop = new AbortController()
    const loading = loadCatalogue(root, { signal: stop.signal })
    stop.abort(new Error('the app ends'))
    await expect(loading).rejects.toThrow('the app ends')
  })
})
