/** The student's own shell on the host, through node-pty. Who may open one is decided in main/. */
import { homedir, userInfo } from 'node:os'
import { CapstanError } from '../../shared/errors'
import type { Shell, TerminalSize } from './shell'

/** A shell that has not ended this long after the hang-up is killed. */
const HANG_UP_MS = 500

/** @throws CapstanError `capability-missing` when the native part of node-pty is not there */
export async function openHostShell({ cols, rows }: TerminalSize): Promise<Shell> {
  const pty = await loadPty()
  const file = process.platform === 'win32' ? 'powershell.exe' : (userInfo().shell ?? '/bin/sh')
  const child = pty.spawn(file, [], {
    name: 'xterm-256color',
    cols,
    rows,
    cwd: homedir(),
    env: { ...process.env },
  })
  const ended = new Promise<number>((resolve) => void child.onExit(({ exitCode }) => resolve(exitCode)))
  return {
    onData: (listener) => void child.onData((text) => listener(Buffer.from(text))),
    write: (data) => child.write(data),
    resize: async (size) => child.resize(size.cols, size.rows),
    pause: () => child.pause(),
    resume: () => child.resume(),
    ended,
    kill: async () => {
      child.kill()
      const isOver = await Promise.race([ended.then(() => true), after(HANG_UP_MS).then(() => false)])
      if (!isOver && process.platform !== 'win32') child.kill('SIGKILL')
    },
  }
}

async function after(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref())
}

async function loadPty(): Promise<typeof import('node-pty')> {
  try {
    return await import('node-pty')
  } catch (error) {
    throw new CapstanError(
      'capability-missing',
      'The host terminal is not available: node-pty is not built here.',
      {
        help: 'Install python3, make and g++, then run `npm rebuild node-pty`.',
        cause: error,
      },
    )
  }
}
