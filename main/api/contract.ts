/**
 * The contract between the window and everything behind it, as one value of zod schemas.
 *
 * Both transports (Electron's message port, the web host's WebSocket) serve exactly this. Every value is JSON-safe.
 * Requests are parsed on the way in and answers on the way out, so a field that is not named here (a solution, an
 * answer key) cannot leave by accident.
 */
import { appContract } from './app'
import { examContract } from './exam'
import { exchangeContract } from './exchange'
import { filesContract } from './files'
import { handsOnContract } from './hands-on'
import { labsContract } from './labs'
import { mapContract } from './map'
import { marksContract } from './marks'
import { pathContract } from './path'
import { playgroundContract } from './playground'
import { progressContract } from './progress'
import { runningContract } from './running'
import { sessionsContract } from './sessions'
import { settingsContract } from './settings'
import { terminalsContract } from './terminals'
import { transferContract } from './transfer'

export const contract = {
  /** Each call is asked once and answered once. */
  calls: {
    ...appContract.calls,
    ...labsContract.calls,
    ...sessionsContract.calls,
    ...playgroundContract.calls,
    ...terminalsContract.calls,
    ...mapContract.calls,
    ...filesContract.calls,
    ...examContract.calls,
    ...handsOnContract.calls,
    ...exchangeContract.calls,
    ...pathContract.calls,
    ...progressContract.calls,
    ...marksContract.calls,
    ...transferContract.calls,
    ...settingsContract.calls,
  },
  /** Each stream is answered by a current value first, and then by every change until the asker stops. */
  streams: {
    ...appContract.streams,
    ...labsContract.streams,
    ...sessionsContract.streams,
    ...playgroundContract.streams,
    ...terminalsContract.streams,
    ...mapContract.streams,
    ...examContract.streams,
    ...handsOnContract.streams,
    ...runningContract.streams,
  },
} as const

export type Contract = typeof contract
