/** The room of exams: one exam runs at a time, real exams and hands-on exams alike, in however many windows. */
import { CapstanError } from '../../../shared/errors'
import { Turns } from '../../../shared/turns'

/** Names an exam that runs, such as `"Night shift"`. */
export type ExamName = string

export class ExamRoom {
  readonly #running: () => Promise<readonly ExamName[]>
  readonly #turns = new Turns()

  /** @param running names the exams that run now, of every kind */
  constructor(running: () => Promise<readonly ExamName[]>) {
    this.#running = running
  }

  /**
   * Begins an exam, or does what must not be done during one. All take turns, so that of two starts at the same time the
   * second sees the first.
   * @throws CapstanError `session-exists` while another exam runs
   */
  async enter<T>(begin: () => Promise<T>): Promise<T> {
    return await this.#turns.run(async () => {
      const [running] = await this.#running()
      if (running) throw examRuns(running, 'Continue it, or end it first.')
      return await begin()
    })
  }
}

/** Something has to wait for the end of an exam. */
export function examRuns(name: ExamName, help: string): CapstanError {
  return new CapstanError('session-exists', `${name} is not over yet.`, { help })
}
