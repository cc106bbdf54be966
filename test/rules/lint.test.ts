/** Each rule of style refuses code that breaks it, in every folder that holds code. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { plant, plantedFolder, ROOT, runScript } from './planted'

const ANY = 'export const planted = (value: any) => value\n'

/** [rule, file, text] */
const REFUSED = [
  ['noExplicitAny', 'engine/images/any.ts', ANY],
  ['noExplicitAny', 'engine/session/any.ts', ANY],
  ['noExplicitAny', 'renderer/components/any.tsx', ANY],
  ['noExplicitAny', 'test/faults/any.ts', ANY],
  ['noNonNullAssertion', 'exam/form/null.ts', 'export const planted = (all: string[]) => all[0]!\n'],
  ['noDefaultExport', 'main/api/default.ts', 'export default 1\n'],
  ['noConsole', 'engine/images/console.ts', "console.log('x')\n"],
  ['useNodejsImportProtocol', 'engine/images/protocol.ts', "import 'fs'\n"],
  ['noUnusedVariables', 'shared/unused.ts', 'const unused = 1\nexport {}\n'],
  ['useImportType', 'main/cli/type.ts', "import { A } from './a'\n\nexport const planted = (a: A) => a\n"],
  [
    'noFloatingPromises',
    'engine/images/floating.ts',
    'async function work() {}\n\nexport function planted() {\n  work()\n}\n',
  ],
  ['format', 'engine/images/format.ts', 'export const planted = {a:1};\n'],
  [
    'organizeImports',
    'engine/images/order.ts',
    "import 'node:path'\n\nimport { b } from './b'\nimport { a } from './a'\n\nexport const planted = [a, b]\n",
  ],
] as const

/** [file, text] */
const ALLOWED = [
  ['engine/images/good.ts', 'export const planted = { a: 1 }\n'],
  ['engine/images/recipes/course/app/planted.js', 'var a={b:1};console.log(a)\n'],
  ['setup/good.mjs', "console.log('x')\n"],
] as const

interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string | { readonly file: string } }
}

/** All planted files in one run, because a run of Biome costs more than its files. */
async function lint(): Promise<readonly Diagnostic[]> {
  await using folder = await plantedFolder()
  for (const name of ['biome.json', '.gitignore']) await copyFile(join(ROOT, name), join(folder.path, name))
  await plant(folder.path, Object.fromEntries(REFUSED.map(([, file, text]) => [file, text])))
  await plant(folder.path, Object.fromEntries(ALLOWED))
  const args = ['check', '--reporter=json', '--max-diagnostics=none', '.']
  const { stdout } = await runScript('@biomejs/biome/bin/biome', args, { cwd: folder.path })
  return JSON.parse(stdout).diagnostics
}

let diagnostics: readonly Diagnostic[] = []
beforeAll(async () => {
  diagnostics = await lint()
})

const rulesBrokenBy = (file: string) =>
  diagnostics
    .filter(({ location: { path } }) => (typeof path === 'string' ? path : path.file).endsWith(file))
    .map(({ category }) => category.split('/').at(-1))

describe('rules of style', () => {
  it.each(REFUSED)('%s is refused in %s', (rule, file) => {
    expect(rulesBrokenBy(file)).toContain(rule)
  })

  it.each(ALLOWED)('%s passes', (file) => {
    expect(rulesBrokenBy(file)).toEqual([])
  })
})
