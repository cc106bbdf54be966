/** The commands with their arguments, and the exit code of each. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { setTimeFactor, timeFactorIn } from '../../shared/time-limits'
import { lintQuestions, printBankStats, printQuestionsSchema } from './bank-commands'
import { clean, examine, listEngines, prepare } from './engine-commands'
import { printForm } from './exam-commands'
import { exportQuestions, importQuestions } from './exchange-commands'
import { checkSession, lintLabs, listLabs, printSchema, startLab, stopSession } from './lab-commands'
import { printAddressOf } from './open-command'
import { EXIT, exitCodeOf, type Output, printError, type Streams, visibleStreams } from './output'
import {
  continuePlayground,
  listPlaygrounds,
  removePlayground,
  savePlayground,
  startPlayground,
} from './playground-commands'
import { exportProgress, printItemStatistics } from './progress-commands'
import { proveQuestions } from './prove-command'
import { serveApp } from './serve'
import { verifyLabs } from './verify-command'

export interface ProgramOptions extends Streams {
  /** Stops what is running. */
  readonly signal: AbortSignal
  /** True when a terminal shows what goes to stdout. */
  readonly isTerminal?: boolean
}

/** On two cores, two proofs take little more than half the time of two in a row: each waits more than it works. */
const JOBS = 2

const ENGINE_HELP = 'the version of Docker in the nodes, such as 20.10; the default is that of Debian stable'

interface VerifyFlags {
  readonly runs: number
  readonly jobs: number
  readonly mistakes: string
  readonly dir?: string
  readonly engine?: string
}

/** The built program is in dist/main, beside dist/renderer. In a packaged app all of dist is in the archive. */
const HERE = dirname(fileURLToPath(import.meta.url))

/** Runs one command line. @returns the exit code */
export async function runProgram(args: readonly string[], options: ProgramOptions): Promise<number> {
  const { out, err } = visibleStreams(options)
  const content = options.isTerminal ? out : options.out
  const run = new Run({ out, err, content, signal: options.signal }, args.includes('--json'))
  const program = new Command('capstan')
    .description('Learn Docker by doing it, and prove it under exam conditions.')
    .version(run.version)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
  addDoctor(program, run)
  addLabCommands(program, run)
  addPlaygroundCommands(program, run)
  addBankCommands(program, run)
  addExamCommands(program, run)
  addAppCommands(program, run)
  try {
    setTimeFactor('environment', timeFactorIn(process.env))
    await program.parseAsync(args, { from: 'user' })
    return run.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput
    printError(run.output, error)
    return exitCodeOf(error)
  }
}

type RunOptions = Required<Omit<Output, 'json'>> & Pick<ProgramOptions, 'signal'>

/** The state that the commands of one run share. */
class Run {
  readonly version: string = JSON.parse(readFileSync(join(HERE, '../../package.json'), 'utf8')).version
  readonly signal: AbortSignal
  output: Output
  exitCode: number = EXIT.done

  constructor({ out, err, content, signal }: RunOptions, json: boolean) {
    this.output = { out, err, json, content }
    this.signal = signal
  }

  /** A command that can print one JSON document. */
  command(parent: Command, name: string, description: string): Command {
    return parent
      .command(name)
      .description(description)
      .option('--json', 'print one JSON document on stdout')
      .hook('preAction', (_parent, action) => {
        this.output = { ...this.output, json: Boolean(action.opts().json) }
      })
  }

  /** Makes work an action that keeps its exit code. */
  action<A extends unknown[]>(work: (...args: A) => Promise<number> | number) {
    return async (...args: A) => {
      this.exitCode = await work(...args)
    }
  }
}

function addDoctor(program: Command, run: Run): void {
  run
    .command(program, 'doctor', 'what engine was found, what it can do, what is missing and how to fix it')
    .action(run.action(() => examine(run.output, run.signal)))
}

function addLabCommands(program: Command, run: Run): void {
  const lab = program.command('lab').description('labs')
  run
    .command(lab, 'list', 'all labs')
    .option('--tasks', 'the tasks of hands-on exams instead')
    .action(
      run.action(({ tasks }: { tasks?: boolean }) => listLabs({ ...run.output, tasks: Boolean(tasks) })),
    )
  run
    .command(lab, 'lint [folders...]', 'checks the files of labs')
    .action(run.action((folders: string[]) => lintLabs(folders, run.output)))
  run
    .command(lab, 'schema', 'the JSON Schema of lab.yaml, for editors')
    .action(run.action(() => printSchema(run.output)))
  run
    .command(lab, 'start <id>', 'starts a lab')
    .option('--trust', 'allow a lab that does not ship with Capstan, as it is now')
    .option('--step <step>', 'begin at a step: its number or its id')
    .action(
      run.action((id: string, { trust, step }: { trust?: boolean; step?: string }) =>
        startLab(id, { ...run.output, trust: Boolean(trust), step }, run.signal),
      ),
    )
  run
    .command(lab, 'check <session>', 'looks at the current step')
    .action(run.action((id: string) => checkSession(id, run.output, run.signal)))
  run
    .command(lab, 'stop <session>', 'stops a lab and removes its nodes')
    .action(run.action((id: string) => stopSession(id, run.output, run.signal)))
  run
    .command(lab, 'verify [ids...]', 'proves labs on real nodes')
    .option('--runs <n>', 'how often, to find flakes', wholeNumber, 1)
    .option('--jobs <n>', 'labs at the same time', wholeNumber, JOBS)
    .option('--mistakes <k/n>', 'only every n-th mistake of a lab, from the k-th on', '1/1')
    .option('--dir <folder>', 'a lab or a folder of labs, instead of the catalogue')
    .option('--engine <version>', ENGINE_HELP)
    .action(
      run.action((ids: string[], options: VerifyFlags) =>
        verifyLabs(ids, { dir: undefined, engine: undefined, ...options, ...run.output }, run.signal),
      ),
    )
}

interface PlaygroundFlags {
  readonly name?: string
  readonly managers: number
  readonly workers: number
  readonly swarm: boolean
  readonly engine?: string
}

function addPlaygroundCommands(program: Command, run: Run): void {
  const playground = program.command('playground').description('nodes without a lab')
  run
    .command(playground, 'start', 'starts nodes of your choice')
    .option('--name <name>', 'how lists call it')
    .option('--managers <n>', 'nodes that manage the swarm', wholeNumber, 1)
    .option('--workers <n>', 'nodes that work in it', wholeNumber, 0)
    .option('--no-swarm', 'form no swarm')
    .option('--engine <version>', ENGINE_HELP)
    .action(
      run.action(({ managers, workers, swarm, engine, name }: PlaygroundFlags) => {
        const choice = { managers, workers, swarm, ...(engine && { engine }), ...(name && { name }) }
        return startPlayground(choice, run.output, run.signal)
      }),
    )
  run
    .command(playground, 'list', 'all playgrounds, running and saved')
    .action(run.action(() => listPlaygrounds(run.output)))
  const one = (name: string, description: string, work: typeof savePlayground) =>
    run
      .command(playground, `${name} <playground>`, description)
      .action(run.action((id: string) => work(id, run.output, run.signal)))
  one('save', 'stops its nodes, and keeps everything in them', savePlayground)
  one('continue', 'starts the nodes of a saved one again', continuePlayground)
  one('remove', 'removes its nodes with everything in them', removePlayground)
}

function addBankCommands(program: Command, run: Run): void {
  const bank = program.command('bank').description('questions')
  run
    .command(bank, 'lint', 'checks the files of questions')
    .action(run.action(() => lintQuestions(run.output)))
  run
    .command(bank, 'stats', 'counts items by domain and objective')
    .action(run.action(() => printBankStats(run.output)))
  run
    .command(bank, 'prove [ids...]', 'proves items on real nodes')
    .option('--jobs <n>', 'items at the same time', wholeNumber, JOBS)
    .option('--share <k/n>', 'only every n-th item with a proof, from the k-th on', '1/1')
    .option('--engine <version>', ENGINE_HELP)
    .action(
      run.action((ids: string[], options: { jobs: number; share: string; engine?: string }) =>
        proveQuestions(ids, { engine: undefined, ...options, ...run.output }, run.signal),
      ),
    )
  addExchangeCommands(bank, run)
  run
    .command(bank, 'schema', 'the JSON Schema of a file of questions, for editors')
    .action(run.action(() => printQuestionsSchema(run.output)))
}

function addExchangeCommands(bank: Command, run: Run): void {
  run
    .command(bank, 'import <file>', 'makes questions of a GIFT, Moodle XML, Aiken, CSV, Anki or QTI file')
    .requiredOption('--out <folder>', 'where the new file goes, such as questions/networking')
    .option('--format <name>', 'gift, moodle-xml, aiken, csv, anki or qti; by the content without it')
    .option('--objective <id>', 'for items that name none', 'ORC-01')
    .action(
      run.action(
        (file: string, { out, format, objective }: { out: string; format?: string; objective: string }) =>
          importQuestions(file, { output: run.output, folder: out, format, objective }),
      ),
    )
  run
    .command(bank, 'export', 'writes the bank for other programs')
    .requiredOption('--format <name>', 'gift, moodle-xml, aiken, csv, anki, qti (2.1) or qti3')
    .option('--out <file>', 'a file instead of standard output')
    .action(
      run.action(({ format, out }: { format: string; out?: string }) =>
        exportQuestions({ output: run.output, format, file: out }),
      ),
    )
}

function addExamCommands(program: Command, run: Run): void {
  const exam = program.command('exam').description('exams')
  run
    .command(exam, 'assemble', 'a form by the blueprint')
    .requiredOption('--seed <n>', 'the same seed gives the same form', wholeNumber)
    .option('--length <n>', 'number of items', wholeNumber)
    .action(
      run.action(({ seed, length }: { seed: number; length?: number }) =>
        printForm({ ...run.output, seed, length }),
      ),
    )
  run
    .command(exam, 'export', 'attempts that are over, readiness, labs and marks, for another machine')
    .option('--format <name>', 'csv or json', 'json')
    .option('--out <file>', 'a file instead of standard output')
    .action(
      run.action(({ format, out }: { format: string; out?: string }) =>
        exportProgress({ output: run.output, format, file: out }),
      ),
    )
  run
    .command(exam, 'statistics <folder>', 'how items do, from exported attempts of many people')
    .action(run.action((folder: string) => printItemStatistics(folder, run.output)))
}

function addAppCommands(program: Command, run: Run): void {
  run
    .command(program, 'serve', 'serves the app on loopback')
    .option('--port <n>', 'a port, or 0 for any free one', wholeNumber, 0)
    .action(
      run.action(({ port }: { port: number }) =>
        serveApp({ ...run.output, port, version: run.version, page: join(HERE, '../renderer') }, run.signal),
      ),
    )
  run
    .command(program, 'open <link>', 'prints the address that opens a link in the app that is served')
    .action(run.action((link: string) => printAddressOf(link, run.output)))
  run
    .command(program, 'setup', 'finds or starts the engine and prepares the images')
    .action(run.action(() => prepare(run.output, run.signal)))
  run
    .command(program, 'engines', 'the versions of Docker that nodes can have')
    .action(run.action(async () => listEngines(run.output)))
  run
    .command(program, 'clean', 'removes the nodes of this data folder from the engine')
    .option('--all', 'everything of every Capstan on the engine')
    .option('--yes', 'the answer to the question that --all asks')
    .action(
      run.action(({ all = false, yes = false }: { all?: boolean; yes?: boolean }) =>
        clean({ output: run.output, signal: run.signal, all, yes }),
      ),
    )
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0) return value
  throw new InvalidArgumentError('It is not a whole number.')
}
