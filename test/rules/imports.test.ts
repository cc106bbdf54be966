/** Each rule of imports refuses an import that breaks it, and lets the allowed ones be. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { importOf, plant, plantedFolder, ROOT, runScript } from './planted'

/** [rule, file that imports, what it imports] */
const REFUSED = [
  ['renderer-sees-the-contract-only', 'renderer/api/a.ts', 'main/store/index.ts'],
  ['renderer-sees-the-contract-only', 'renderer/features/lab/a.ts', 'engine/index.ts'],
  ['renderer-sees-the-contract-only', 'renderer/components/a.ts', 'shared/system/wait.ts'],
  ['api-stands-alone', 'main/api/a.ts', 'main/store/index.ts'],
  ['api-stands-alone', 'main/api/a.ts', 'shared/system/wait.ts'],
  ['preload-is-bare', 'main/electron/preload.ts', 'main/api/index.ts'],
  ['engine-stands-alone', 'engine/session/a.ts', 'exam/index.ts'],
  ['engine-stands-alone', 'engine/session/a.ts', 'main/store/index.ts'],
  ['exam-stands-alone', 'exam/form/a.ts', 'engine/index.ts'],
  ['exam-stands-alone', 'exam/form/a.ts', 'shared/system/wait.ts'],
  ['shared-stands-alone', 'shared/a.ts', 'engine/index.ts'],
  ['shared-runs-everywhere', 'shared/a.ts', 'shared/system/wait.ts'],
  ['shared-runs-everywhere', 'shared/files/a.ts', 'shared/system/wait.ts'],
  ['engine-by-its-entry', 'main/cli/a.ts', 'engine/session/manager.ts'],
  ['exam-by-its-entry', 'main/services/exams/a.ts', 'exam/form/index.ts'],
  ['folders-by-their-entry', 'engine/session/b.ts', 'engine/node/node.ts'],
  ['folders-by-their-entry', 'engine/proofs/claim/b.ts', 'engine/session/lab-session.ts'],
  ['folders-by-their-entry', 'exam/score/a.ts', 'exam/attempt/state.ts'],
  ['folders-by-their-entry', 'main/cli/b.ts', 'main/store/document.ts'],
  ['folders-by-their-entry', 'engine/labs/b.ts', 'shared/files/problem.ts'],
  ['folders-by-their-entry', 'renderer/api/b.ts', 'main/api/rpc.ts'],
  ['folders-by-their-entry', 'engine/index.ts', 'engine/labs/schema.ts'],
  ['services-by-their-entry', 'main/services/exams/b.ts', 'main/services/attempts/clock.ts'],
  ['services-by-their-entry', 'main/services/index.ts', 'main/services/exams/views.ts'],
  ['features-by-their-pages', 'renderer/app/a.tsx', 'renderer/features/lab/checks.tsx'],
  ['page-folders-by-their-entry', 'renderer/features/lab/b.ts', 'renderer/workbench/files.tsx'],
  ['page-folders-by-their-entry', 'renderer/app/b.ts', 'renderer/components/button.tsx'],
  ['page-folders-by-their-entry', 'renderer/main.tsx', 'renderer/api/hooks.ts'],
  ['floors-of-engine: docker', 'engine/docker/a.ts', 'engine/node/index.ts'],
  ['floors-of-engine: outer', 'engine/outer/a.ts', 'engine/images/index.ts'],
  ['floors-of-engine: checks', 'engine/checks/a.ts', 'engine/labs/index.ts'],
  ['floors-of-engine: lab-folders', 'engine/lab-folders/a.ts', 'engine/labs/index.ts'],
  ['floors-of-engine: labs', 'engine/labs/a.ts', 'engine/session/index.ts'],
  ['floors-of-engine: node', 'engine/node/a.ts', 'engine/session/index.ts'],
  ['floors-of-engine: images', 'engine/images/a.ts', 'engine/topology/index.ts'],
  ['floors-of-engine: map', 'engine/map/a.ts', 'engine/topology/index.ts'],
  ['floors-of-engine: topology', 'engine/topology/a.ts', 'engine/terminal/index.ts'],
  ['floors-of-engine: terminal', 'engine/terminal/a.ts', 'engine/session/index.ts'],
  ['floors-of-engine: session', 'engine/session/c.ts', 'engine/proofs/lab/index.ts'],
  ['floors-of-engine', 'engine/new-folder/a.ts', 'engine/docker/index.ts'],
  ['floors-of-main: api', 'main/api/c.ts', 'main/web/index.ts'],
  ['floors-of-main: store', 'main/store/a.ts', 'main/services/index.ts'],
  ['floors-of-main: services', 'main/services/a.ts', 'main/cli/index.ts'],
  ['floors-of-main: services', 'main/services/a.ts', 'main/web/index.ts'],
  ['floors-of-main: web', 'main/web/a.ts', 'main/services/index.ts'],
  ['floors-of-main: cli', 'main/cli/c.ts', 'main/electron/index.ts'],
  ['floors-of-main: electron', 'main/electron/a.ts', 'main/cli/index.ts'],
  ['floors-of-main', 'main/new-folder/a.ts', 'main/api/index.ts'],
  ['floors-of-main/services: attempts', 'main/services/attempts/a.ts', 'main/services/exams/index.ts'],
  ['floors-of-main/services: bank', 'main/services/bank/a.ts', 'main/services/attempts/index.ts'],
  ['floors-of-main/services: own', 'main/services/own/a.ts', 'main/services/bank/index.ts'],
  ['floors-of-main/services: trust', 'main/services/trust/a.ts', 'main/services/labs/index.ts'],
  ['floors-of-main/services: exams', 'main/services/exams/c.ts', 'main/services/hands-on/index.ts'],
  ['floors-of-main/services: hands-on', 'main/services/hands-on/a.ts', 'main/services/exams/index.ts'],
  ['floors-of-main/services: labs', 'main/services/labs/a.ts', 'main/services/app/index.ts'],
  ['floors-of-main/services: exchange', 'main/services/exchange/a.ts', 'main/services/path/index.ts'],
  ['floors-of-main/services: marks', 'main/services/marks/a.ts', 'main/services/path/index.ts'],
  ['floors-of-main/services: path', 'main/services/path/a.ts', 'main/services/progress/index.ts'],
  ['floors-of-main/services: progress', 'main/services/progress/a.ts', 'main/services/app/index.ts'],
  ['floors-of-main/services: transfer', 'main/services/transfer/a.ts', 'main/services/progress/index.ts'],
  ['floors-of-main/services', 'main/services/new-folder/a.ts', 'main/services/bank/index.ts'],
  ['features-are-islands', 'renderer/features/exam/a.ts', 'renderer/features/lab/lab-page.tsx'],
  ['features-know-no-app', 'renderer/features/exam/b.ts', 'renderer/app/notices.tsx'],
  ['parts-of-pages-know-no-pages', 'renderer/components/b.ts', 'renderer/features/lab/lab-page.tsx'],
  ['parts-of-pages-know-no-pages', 'renderer/workbench/b.ts', 'renderer/app/notices.tsx'],
  ['electron-has-one-home', 'main/web/b.ts', 'electron'],
  ['dockerode-has-one-home', 'engine/node/b.ts', 'dockerode'],
  ['no-core-modules-in-the-page', 'renderer/theme/a.ts', 'node:fs'],
  ['no-core-modules-in-the-page', 'main/api/d.ts', 'node:path'],
  ['no-core-modules-in-exam', 'exam/bank/a.ts', 'node:fs'],
  ['no-core-modules-in-exam', 'exam/index.ts', 'node:crypto'],
  ['no-core-modules-in-shared', 'shared/b.ts', 'node:timers/promises'],
  ['no-core-modules-in-shared', 'shared/files/b.ts', 'node:fs/promises'],
  ['nothing-imports-tests', 'engine/outer/b.ts', 'engine/outer/find.test.ts'],
  ['nothing-imports-tests', 'main/store/b.ts', 'test/faults/host.ts'],
  ['nothing-imports-tests', 'engine/session/d.ts', 'engine/terminal/fake.test-kit.ts'],
  ['nothing-imports-tests', 'renderer/theme/b.ts', 'test/stylesheets.ts'],
  ['no-circles', 'exam/statistics/one.ts', 'exam/statistics/two.ts'],
] as const

/** [file that imports, what it imports] */
const ALLOWED = [
  ['renderer/features/lab/good.ts', 'main/api/index.ts'],
  ['renderer/features/lab/good.ts', 'renderer/workbench/index.ts'],
  ['renderer/features/lab/good.ts', 'shared/screen/index.ts'],
  ['renderer/app/good.ts', 'renderer/features/lab/lab-page.tsx'],
  ['main/api/good.ts', 'shared/observable.ts'],
  ['main/services/exams/good.ts', 'main/services/attempts/index.ts'],
  ['main/services/progress/good.ts', 'main/services/exams/index.ts'],
  ['main/services/app/good.ts', 'main/services/progress/index.ts'],
  ['main/cli/good.ts', 'main/services/index.ts'],
  ['main/cli/good.ts', 'engine/index.ts'],
  ['engine/labs/good.ts', 'engine/checks/index.ts'],
  ['engine/topology/good.ts', 'engine/labs/index.ts'],
  ['engine/session/good.ts', 'engine/topology/index.ts'],
  ['engine/session/good.ts', 'shared/system/wait.ts'],
  ['engine/proofs/claim/good.ts', 'engine/session/index.ts'],
  ['engine/labs/good.test.ts', 'engine/images/index.ts'],
  ['engine/session/good.test.ts', 'engine/terminal/fake.test-kit.ts'],
  ['renderer/theme/good.test.ts', 'test/stylesheets.ts'],
  ['exam/bank/good.ts', 'shared/files/index.ts'],
  ['exam/bank/good.test.ts', 'node:fs'],
  ['shared/system/good.ts', 'node:fs/promises'],
  ['main/electron/good.ts', 'electron'],
  ['engine/docker/good.ts', 'dockerode'],
  ['test/integration/good.test.ts', 'engine/topology/pool.ts'],
] as const

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
}

const isOurs = (path: string) => path.includes('/') && !path.startsWith('node:')

/** All planted imports in one tree, because a run of dependency-cruiser costs more than its files. */
async function cruise(): Promise<readonly Violation[]> {
  await using folder = await plantedFolder()
  const imports = [...REFUSED.map(([, from, to]) => [from, to] as const), ...ALLOWED]
  const files: Record<string, string> = { 'tsconfig.base.json': '{}' }
  for (const [, to] of imports) if (isOurs(to)) files[to] = 'export {}\n'
  for (const [from] of imports) files[from] = ''
  for (const [from, to] of imports) files[from] += importOf(from, to)
  // The way back of the planted circle, which is reported once, at its first import.
  files['exam/statistics/two.ts'] = importOf('exam/statistics/two.ts', 'exam/statistics/one.ts')
  await plant(folder.path, files)
  const config = join(ROOT, '.dependency-cruiser.cjs')
  const tops = ['main', 'renderer', 'engine', 'exam', 'shared', 'test']
  const args = ['--config', config, '--output-type', 'json', ...tops]
  const { stdout } = await runScript('dependency-cruiser/bin/dependency-cruise.mjs', args, {
    cwd: folder.path,
  })
  return JSON.parse(stdout).summary.violations
}

/** The path in the project of a package that was found through a link. */
const packageOf = (path: string) => path.replace(/^.*node_modules\/([^/]+)\/.*$/, '$1')

let violations: readonly Violation[] = []
beforeAll(async () => {
  violations = await cruise()
})

const rulesBrokenBy = (from: string, to: string) =>
  violations
    .filter((one) => one.from === from && packageOf(one.to) === to.replace(/^node:/, ''))
    .map(({ rule }) => rule.name)

describe('rules of imports', () => {
  it.each(REFUSED)('%s: %s must not import %s', (rule, from, to) => {
    expect(rulesBrokenBy(from, to)).toContain(rule)
  })

  it.each(ALLOWED)('%s may import %s', (from, to) => {
    expect(rulesBrokenBy(from, to)).toEqual([])
  })

  it('have a planted violation each, except the top floor, which may import everything below', () => {
    const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs')
    const names = forbidden.map(({ name }: { name: string }) => name)
    const planted = new Set<string>(REFUSED.map(([rule]) => rule))
    const rest = names.filter((name: string) => !planted.has(name))
    expect(rest).toEqual(['floors-of-engine: proofs', 'floors-of-main/services: app'])
  })
})
