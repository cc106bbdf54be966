/** The status of a session: its state, its activity and its problem, for everybody who watches it. */
import { CapstanError, isCapstanError } from '../../shared/errors'
import { Emitter } from '../../shared/observable'
import type { SessionProblem, SessionSnapshot, SessionState } from './snapshot'

/** The notice about nodes that had stopped while the session was away. */
export const STARTED_AGAIN =
  'Your nodes were started again. Files and images are as you left them; containers in them have stopped.'

export class SessionStatus {
  readonly #changes = new Emitter()
  #state: SessionState = 'starting'
  #activity: string | null = null
  #notice: string | null = null
  #problem: SessionProblem | null = null

  get state(): SessionState {
    return this.#state
  }

  snapshot(): Pick<SessionSnapshot, 'state' | 'activity' | 'notice' | 'problem'> {
    return { state: this.#state, activity: this.#activity, notice: this.#notice, problem: this.#problem }
  }

  /** @returns a function that stops the listening */
  onChange(listener: () => void): () => void {
    return this.#changes.on(listener)
  }

  /** Something that others see has changed. */
  changed(): void {
    this.#changes.emit()
  }

  become(state: SessionState, activity: string | null): void {
    this.#state = state
    this.#activity = activity
    this.changed()
  }

  /** The session works: an earlier problem is over. */
  run(): void {
    this.#problem = null
    this.become('running', null)
  }

  /** The session stops working, and shows why. */
  breakWith(error: unknown): void {
    this.#problem = problemOf(error)
    this.become('broken', null)
  }

  /** Shows a problem that the session can live with. */
  warn(error: unknown): void {
    this.#problem = problemOf(error)
    this.changed()
  }

  /** Shows a message that is no problem. */
  notify(text: string): void {
    this.#notice = text
    this.changed()
  }

  /** @throws CapstanError `session-state` unless the session runs */
  assertRunning(): void {
    if (this.#state === 'running') return
    throw new CapstanError('session-state', `This lab is ${this.#state} just now.`, {
      help: 'Wait a moment and try again.',
    })
  }

  /** @throws CapstanError `session-state` for a session that was removed or saved */
  assertNotStopped(): void {
    if (this.#state === 'saved') {
      throw new CapstanError('session-state', 'This playground is saved.', { help: 'Continue it first.' })
    }
    if (this.#state !== 'stopped') return
    throw new CapstanError('session-state', 'This lab has been stopped.', { help: 'Start the lab again.' })
  }
}

/** Resolves when the session is neither starting nor being reset: it runs, is broken, or is going away. */
export async function settled(session: Pick<SessionStatus, 'state' | 'onChange'>): Promise<void> {
  const isUnderWay = () => session.state === 'starting' || session.state === 'resetting'
  if (!isUnderWay()) return
  await new Promise<void>((done) => {
    const stop = session.onChange(() => {
      if (isUnderWay()) return
      stop()
      done()
    })
  })
}

/** The problem of a session whose outer engine has gone. */
export function engineGone(): CapstanError {
  return new CapstanError('engine-gone', 'The Docker Engine behind this lab has stopped.', {
    help: 'Start the engine again, then resume the lab. Your progress is kept.',
  })
}

function problemOf(error: unknown): SessionProblem {
  if (isCapstanError(error)) return { code: error.code, message: error.message, help: error.help }
  return {
    code: 'internal',
    message: String(error),
    help: 'Reset the lab; if that does not help, stop it and start it again.',
  }
}
