/** The student's own shell on the host, through node-pty. The callers decide who may open one. */
import { homedir, userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IPty, spawn } from 'node-pty'
import { CapstanError } from '../../shared/errors'
import { stretched } from '../../shared/time-limits'
import type { Shell, TerminalSize } from './shell'

/** A shell that has not ended this long after the hang-up is killed. */
const HANG_UP_MS = 500

/** The parts of a node-pty process that a shell uses. */
export type PtyProcess = Pick<IPty, 'write' | 'resize' | 'pause' | 'resume' | 'kill'> & {
  onData(listener: (text: string) => void): unknown
  onExit(listener: (exit: { exitCode: number }) => void): unknown
}

/** The part of node-pty that opens shells. */
export interface PtyModule {
  spawn(...args: Parameters<typeof spawn>): PtyProcess
}

/**
 * @param load imports node-pty, which may be missing: its native part is optional
 * @throws CapstanError `capability-missing` when it cannot be imported
 */
export async function openHostShell(
  { cols, rows }: TerminalSize,
  load: () => Promise<PtyModule> = async () => await import('node-pty'),
): Promise<Shell> {
  const pty = await load().catch((cause: unknown) => {
    throw notBuilt(cause)
  })
  const child = pty.spawn(shellOfUser(), [], {
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
    kill: async () => await hangUp(child, ended),
  }
}

function shellOfUser(): string {
  return process.platform === 'win32' ? 'powershell.exe' : (userInfo().shell ?? '/bin/sh')
}

/** Hangs up as a closing terminal does, and kills a shell that ignores it. */
async function hangUp(child: PtyProcess, ended: Promise<number>): Promise<void> {
  child.kill()
  const isOver = await Promise.race([
    ended.then(() => true),
    sleep(stretched(HANG_UP_MS), false, { ref: false }),
  ])
  // Windows has no signals: its first kill is the last one.
  if (!isOver && process.platform !== 'win32') child.kill('SIGKILL')
}

function notBuilt(cause: unknown): CapstanError {
  return new CapstanError(
    'capability-missing',
    'The host terminal is not available: node-pty is not built here.',
    { help: 'Install python3, make and g++, then run `npm rebuild node-pty`.', cause },
  )
}
