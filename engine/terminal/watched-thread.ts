/** A worker thread with a heartbeat: while it has work it must answer, or it is ended. */
import { Worker } from 'node:worker_threads'

/** Room for the thread's objects. What goes beyond it ends the thread, not the app. In megabytes. */
const HEAP_MB = 512

export interface Heartbeat {
  /** While the thread has work, it is asked this often whether it lives. In milliseconds. */
  readonly everyMs: number
  /** A thread that has let so many beats pass is ended. A computer that slept misses one. */
  readonly missed: number
}

export interface WatchedThreadOptions<Report> {
  /** The text of the thread, as CommonJS. */
  readonly code: () => Promise<string>
  readonly heartbeat: Heartbeat
  /** What the thread answers at once. */
  readonly ping: unknown
  readonly isBusy: () => boolean
  readonly onReport: (report: Report) => void
  /** The thread has died, or was ended because it did not answer. */
  readonly onDeath: () => void
}

export class WatchedThread<Report> {
  /** True once it has said anything. */
  hasSpoken = false
  readonly #options: WatchedThreadOptions<Report>
  #worker: Worker | null = null
  /** What was posted before the thread was there. */
  #early: unknown[] = []
  #heart: NodeJS.Timeout | null = null
  #missed = 0
  #isUp = false
  #isOver = false

  constructor(options: WatchedThreadOptions<Report>) {
    this.#options = options
    void options.code().then(
      (code) => this.#start(code),
      () => this.#die(),
    )
  }

  post(message: unknown): void {
    if (this.#isUp) this.#worker?.postMessage(message)
    else this.#early.push(message)
    this.#heart ??= setInterval(() => this.#beat(), this.#options.heartbeat.everyMs).unref()
  }

  /** Ends the thread without a word to anybody. */
  end(): void {
    this.#isOver = true
    this.#stopHeart()
    void this.#worker?.terminate()
  }

  #start(code: string): void {
    if (this.#isOver) return
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB }
    const worker = new Worker(code, { eval: true, name: 'screens', resourceLimits })
    // An app that has nothing else to do ends. Node forgets this when the thread has started (see below).
    worker.unref()
    worker.on('message', (report: Report) => {
      this.hasSpoken = true
      this.#missed = 0
      if (!this.#isOver) this.#options.onReport(report)
    })
    // The exit follows, and says all that is needed.
    worker.on('error', () => undefined)
    worker.on('exit', () => this.#die())
    // Its start takes as long as the computer is busy. What hangs then is the computer.
    worker.on('online', () => {
      worker.unref()
      this.#isUp = true
      this.#missed = 0
      for (const message of this.#early) worker.postMessage(message)
      this.#early = []
    })
    this.#worker = worker
  }

  #beat(): void {
    if (!this.#options.isBusy()) this.#stopHeart()
    else if (!this.#isUp) return
    else if (this.#missed >= this.#options.heartbeat.missed) void this.#worker?.terminate()
    else {
      this.#missed += 1
      this.post(this.#options.ping)
    }
  }

  #stopHeart(): void {
    if (this.#heart) clearInterval(this.#heart)
    this.#heart = null
    this.#missed = 0
  }

  #die(): void {
    this.#stopHeart()
    if (this.#isOver) return
    this.#isOver = true
    this.#options.onDeath()
  }
}
