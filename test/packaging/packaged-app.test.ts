/** The packaged app has all files that it needs: it is packaged by electron-builder, and asked. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { end, serve } from '../e2e/serve'
import { withoutEngine } from '../faults/exam-fixture'
import { openPage } from '../faults/host'
import { ROOT } from '../rules/planted'

interface Builder {
  build(options: object): Promise<unknown>
  readonly Platform: { readonly LINUX: { createTarget(name: string): unknown } }
}

interface Asar {
  extractAll(archive: string, folder: string): void
}

const require = createRequire(import.meta.url)

/** A shell without its binary, so that nothing has to be fetched. Only the files of the app are of interest. */
async function emptyShell(folder: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  const files = ['electron', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']
  for (const file of files) await writeFile(join(folder, file), '')
}

/** Packages the app as a release does, but for the shell's binary. @returns the folder of the resources */
async function packageApp(folder: string): Promise<string> {
  const { build, Platform } = require('electron-builder') as Builder
  const electronDist = join(folder, 'electron')
  await emptyShell(electronDist)
  await build({
    projectDir: ROOT,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    // The rest comes from electron-builder.yml.
    config: {
      electronDist,
      directories: { output: join(folder, 'release') },
      npmRebuild: false,
      // Fuses are switched in the binary.
      electronFuses: null,
    },
  })
  return join(folder, 'release/linux-unpacked/resources')
}

let folder: string
let resources: string
/** The command line in the packaged app. */
let program: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-packaged-'))
  resources = await packageApp(folder)
  // Node without Electron reads no archive. Beside it, the files find their resources as they do in it.
  const app = join(resources, 'app')
  const asar = require('@electron/asar') as Asar
  asar.extractAll(join(resources, 'app.asar'), app)
  await cp(join(resources, 'app.asar.unpacked'), app, { recursive: true })
  program = join(app, 'dist/main/cli.js')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the packaged app', () => {
  it('serves its page, its labs and its questions', async () => {
    const data = join(folder, 'data')
    await withoutEngine(data)
    const { url, process: child } = await serve(data, {}, program)
    try {
      // The token is traded for a cookie, as in a browser.
      const traded = await fetch(url, { redirect: 'manual' })
      const cookie = traded.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; ')
      const page = await fetch(new URL(traded.headers.get('location') ?? '/', url), { headers: { cookie } })
      expect(await page.text()).toContain('<div id="root">')
      const { api, close } = await openPage(url)
      const labs = await api.call('lab.list', {})
      expect(labs.length).toBeGreaterThan(0)
      const blueprint = await api.call('exam.blueprint', {})
      expect(blueprint.domains.length).toBeGreaterThan(0)
      const { attemptId } = await api.call('exam.start', { mode: 'real' })
      expect(attemptId).toBeTruthy()
      close()
    } finally {
      await end(child)
    }
  })

  it.each([
    'engine/images/recipes/node/Dockerfile',
    'engine/images/recipes/mirror/publish-manifest-list',
    'engine/images/recipes/course/nginx/Dockerfile',
    'engine/outer/private-engine.sh',
    'questions/blueprint.yaml',
  ])('has the resource %s as it is in the project', async (file) => {
    const packaged = await readFile(join(resources, file))
    expect(packaged.equals(await readFile(join(ROOT, file)))).toBe(true)
  })

  it.each(['dist/main/electron.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html', 'package.json'])(
    'has %s in its archive',
    async (file) => {
      expect((await readFile(join(resources, 'app', file))).length).toBeGreaterThan(0)
    },
  )

  it.each(['dist/bench', 'node_modules/monaco-editor', 'node_modules/typescript', 'test', 'main'])(
    'does not have %s in its archive',
    async (name) => {
      await expect(readFile(join(resources, 'app', name))).rejects.toThrow('ENOENT')
    },
  )
})
