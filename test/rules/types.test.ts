/** Code does not compile against types of a runtime in which it does not run. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { ROOT } from './planted'

const PROJECTS = ['contract', 'page', 'host', 'browser-tests'] as const
type Project = (typeof PROJECTS)[number]

function configOf(project: Project): ts.ParsedCommandLine {
  const file = join(ROOT, `tsconfig.${project}.json`)
  return ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, ROOT)
}

/** The errors of one file that is added to a project in memory. The project's own files are there, as for `tsc`. */
function errorsOf(project: Project, name: string, text: string): string[] {
  const { options, fileNames } = configOf(project)
  const file = join(ROOT, name)
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (path) => path === file || fileExists(path)
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023) : getSourceFile(path, ...rest)
  const program = ts.createProgram([...fileNames, file], { ...options, incremental: false }, host)
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

/** One line each, so that the number of errors tells whether each was refused. */
const NODE = ['process.env.HOME', "Buffer.from('x')", "require('fs')", '__dirname']
const BROWSER = ['document.title', 'window.location', 'localStorage.length', 'new HTMLElement()']
const lines = (statements: readonly string[]) => `export {}\n${statements.join('\n')}\n`

const RUNTIMES: readonly {
  readonly project: Project
  readonly file: string
  readonly refused: readonly string[]
  readonly allowed: readonly string[]
}[] = [
  { project: 'page', file: 'renderer/components/planted.ts', refused: NODE, allowed: BROWSER },
  { project: 'host', file: 'engine/labs/planted.ts', refused: BROWSER, allowed: NODE },
  { project: 'host', file: 'main/services/planted.ts', refused: BROWSER, allowed: NODE },
  {
    project: 'contract',
    file: 'main/api/planted.ts',
    refused: [...NODE, ...BROWSER],
    allowed: ['new AbortController().signal.aborted', 'setTimeout(() => undefined, 1)'],
  },
  {
    project: 'contract',
    file: 'exam/form/planted.ts',
    refused: [...NODE, ...BROWSER, 'fetch("http://x")'],
    allowed: ['structuredClone([1])'],
  },
]

describe('projects of types', () => {
  it.each(RUNTIMES)('$file does not compile in $project with types of another runtime', (planted) => {
    const errors = errorsOf(planted.project, planted.file, lines([...planted.refused, ...planted.allowed]))
    expect(errors, errors.join('\n')).toHaveLength(planted.refused.length)
    for (const error of errors) expect(error).toMatch(/^Cannot find name/)
  })

  it('hold every file of code between them', () => {
    const inProjects = new Set(PROJECTS.flatMap((project) => configOf(project).fileNames))
    const patterns = ['*.ts', '*.tsx', ':!setup/types', ':!test/fixtures', ':!labs', ':!questions']
    const files = execFileSync(
      'git',
      ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    )
    const outside = files.split('\n').filter((file) => file && !inProjects.has(join(ROOT, file)))
    expect(outside).toEqual([])
  })
})
