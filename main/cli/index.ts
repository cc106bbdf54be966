/** The `capstan` command. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { doctor, removeEverything } from '../../engine'
import { lintQuestions, printBankStats, printQuestionsSchema, proveQuestions } from './bank-commands'
import { withEngine, withImages } from './engine'
import { printForm } from './exam-commands'
import { exportQuestions, importQuestions } from './exchange-commands'
import {
  checkSession,
  lintLabs,
  listLabs,
  printSchema,
  startLab,
  stopSession,
  verifyLabs,
} from './lab-commands'
import { EXIT, exitCodeOf, type Output, print, printError } from './output'
import { exportProgress, printItemStatistics } from './progress-commands'
import { serveApp } from './serve'
import { JOBS } from './side-by-side'

/** The built program lies in dist/main, beside dist/renderer; in a packaged app all of dist is in the archive. */
const dist = join(dirname(fileURLToPath(import.meta.url)), '..')
const version: string = JSON.parse(readFileSync(join(dist, '../package.json'), 'utf8')).version
const stopped = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopped.abort())

let exitCode: number = EXIT.done
let output: Output = { json: process.argv.includes('--json') }

/** Runs a command's work and keeps its exit code. */
const run =
  <A extends unknown[]>(work: (...args: A) => Promise<number> | number) =>
  async (...args: A) => {
    exitCode = await work(...args)
  }

const program = new Command('capstan')
  .description('Learn Docker by doing it, and prove it under exam conditions.')
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })

function command(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option('--json', 'print one JSON document on stdout')
    .hook('preAction', (_parent, action) => {
      output = { json: Boolean(action.opts().json) }
    })
}

command(program, 'doctor', 'what engine was found, what it can do, what is missing and how to fix it').action(
  run(examine),
)

const lab = program.command('lab').description('labs')
command(lab, 'list', 'all labs')
  .option('--tasks', 'the tasks of hands-on exams instead')
  .action(run(({ tasks }: { tasks?: boolean }) => listLabs({ ...output, tasks: Boolean(tasks) })))
command(lab, 'lint [folders...]', 'checks the files of labs').action(
  run((folders: string[]) => lintLabs(folders, output)),
)
command(lab, 'schema', 'the JSON Schema of lab.yaml, for editors').action(run(() => printSchema()))
command(lab, 'start <id>', 'starts a lab').action(run((id: string) => startLab(id, output, stopped.signal)))
command(lab, 'check <session>', 'looks at the current step').action(
  run((id: string) => checkSession(id, output, stopped.signal)),
)
command(lab, 'stop <session>', 'stops a lab and removes its nodes').action(
  run((id: string) => stopSession(id, output, stopped.signal)),
)
command(lab, 'verify [ids...]', 'proves labs on real nodes')
  .option('--runs <n>', 'how often, to find flakes', wholeNumber, 1)
  .option('--jobs <n>', 'labs at the same time', wholeNumber, JOBS)
  .option('--mistakes <k/n>', 'only every n-th mistake of a lab, from the k-th on', '1/1')
  .option('--dir <folder>', 'a lab or a folder of labs, instead of the catalogue')
  .action(
    run((ids: string[], options: { runs: number; jobs: number; mistakes: string; dir?: string }) =>
      verifyLabs(ids, { dir: undefined, ...options, ...output }, stopped.signal),
    ),
  )

const bank = program.command('bank').description('questions')
command(bank, 'lint', 'checks the files of questions').action(run(() => lintQuestions(output)))
command(bank, 'stats', 'counts items by domain and objective').action(run(() => printBankStats(output)))
command(bank, 'prove [ids...]', 'proves items on real nodes')
  .option('--jobs <n>', 'items at the same time', wholeNumber, JOBS)
  .option('--share <k/n>', 'only every n-th item with a proof, from the k-th on', '1/1')
  .action(
    run((ids: string[], { jobs, share }: { jobs: number; share: string }) =>
      proveQuestions(ids, { ...output, jobs, share }, stopped.signal),
    ),
  )
command(bank, 'import <file>', 'makes questions of a GIFT, Moodle XML, Aiken, CSV or Anki file')
  .requiredOption('--out <folder>', 'where the new file goes, such as questions/networking')
  .option('--format <name>', 'gift, moodle-xml, aiken, csv or anki; by the ending without it')
  .option('--objective <id>', 'for items that name none', 'ORC-01')
  .action(
    run((file: string, { out, format, objective }: { out: string; format?: string; objective: string }) =>
      importQuestions(file, { ...output, out, format, objective }),
    ),
  )
command(bank, 'export', 'writes the bank for other programs')
  .requiredOption('--format <name>', 'gift, moodle-xml, aiken, csv or anki')
  .option('--out <file>', 'a file instead of standard output')
  .action(
    run(({ format, out }: { format: string; out?: string }) => exportQuestions({ ...output, format, out })),
  )
command(bank, 'schema', 'the JSON Schema of a file of questions, for editors').action(
  run(() => printQuestionsSchema()),
)

const exam = program.command('exam').description('exams')
command(exam, 'assemble', 'a form by the blueprint')
  .requiredOption('--seed <n>', 'the same seed gives the same form', wholeNumber)
  .option('--length <n>', 'number of items', wholeNumber)
  .action(
    run(({ seed, length }: { seed: number; length?: number }) => printForm({ ...output, seed, length })),
  )
command(exam, 'export', 'attempts that are over, readiness and labs, to take along')
  .option('--format <name>', 'csv or json', 'json')
  .option('--out <file>', 'a file instead of standard output')
  .action(
    run(({ format, out }: { format: string; out?: string }) => exportProgress({ ...output, format, out })),
  )
command(exam, 'statistics <folder>', 'how items do, from exported attempts of many people').action(
  run((folder: string) => printItemStatistics(folder, output)),
)

command(program, 'serve', 'serves the app on loopback')
  .option('--port <n>', 'a port, or 0 for any free one', wholeNumber, 0)
  .action(
    run(({ port }: { port: number }) =>
      serveApp({ ...output, port, version, page: join(dist, 'renderer') }, stopped.signal),
    ),
  )

command(program, 'setup', 'finds or starts the engine and prepares the images').action(
  run(() =>
    withImages(
      async ({ engine }) => {
        print(output, { ok: true, engine: { source: engine.source, endpoint: engine.endpoint } }, [
          'Everything is ready.',
        ])
        return EXIT.done
      },
      { signal: stopped.signal },
    ),
  ),
)

command(program, 'clean', 'removes everything of ours from the engine').action(
  run(async () => {
    const removed = await withEngine((engine) => removeEverything(engine))
    print(output, { ok: true, removed }, [`Removed ${removed} containers, networks and volumes.`])
    return EXIT.done
  }),
)

async function examine(): Promise<number> {
  const report = await withImages(async ({ engine }) => doctor(engine), { signal: stopped.signal }).catch(
    (error: unknown) => {
      if (!(error instanceof Error)) throw error
      return { ...doctor(error), exitCode: exitCodeOf(error) }
    },
  )
  const { ok, engine, capabilities, problems } = report
  const lines = [
    engine ? `✓ Engine ${engine.version} at ${engine.endpoint} (${engine.source})` : '✗ No engine',
    ...Object.entries(capabilities).map(([name, value]) => `  ${name.padEnd(10)} ${value}`),
    ...problems.map(({ message, help }) => `! ${message}\n  ${help}`),
  ]
  print(output, { ok, engine, capabilities, problems }, lines)
  return ok ? EXIT.done : EXIT.noEngine
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0) return value
  throw new CommanderError(EXIT.badInput, 'capstan.number', `"${text}" is not a whole number.`)
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? EXIT.done : EXIT.badInput
  else {
    printError(output, error)
    exitCode = exitCodeOf(error)
  }
}
process.exitCode = exitCode
