/** The `capstan` command. */
import { endOnSignals } from '../../shared/system/ending'
import { runProgram } from './program'

const err = (text: string) => void process.stderr.write(text)

process.exitCode = await runProgram(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err,
  signal: endOnSignals({ say: (text) => err(`${text}\n`) }),
  isTerminal: process.stdout.isTTY,
})
