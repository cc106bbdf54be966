/** The thread that keeps the screens: what a node prints is never parsed beside the app's own work. */
import { parentPort } from 'node:worker_threads'
import { KeptScreen } from './kept-screen'
import type { ScreenCommand, ScreenReport } from './screen-messages'

const screens = new Map<string, KeptScreen>()
const report = (message: ScreenReport) => parentPort?.postMessage(message)

function obey(command: ScreenCommand): void {
  if (command.kind === 'ping') report({ kind: 'pong' })
  else if (command.kind === 'open') open(command)
  else change(command)
}

function open({ id, ...options }: Extract<ScreenCommand, { kind: 'open' }>): void {
  screens.set(id, new KeptScreen(options, (chars) => report({ kind: 'drawn', id, chars })))
}

function change(command: Exclude<ScreenCommand, { kind: 'open' | 'ping' }>): void {
  const { id } = command
  const screen = screens.get(id)
  if (command.kind === 'write') screen?.write(command.text)
  else if (command.kind === 'resize') screen?.resize(command)
  else if (command.kind === 'ask')
    screen?.read(command.lines, (answer) => report({ kind: 'answer', question: command.question, answer }))
  else {
    screen?.dispose()
    screens.delete(id)
  }
}

parentPort?.on('message', obey)
