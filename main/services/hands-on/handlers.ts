/** The calls of hands-on exams: each finds the service, which may still have to read the exams. */
import type { Handlers, handsOnContract } from '../../api'
import type { HandsOnService } from './hands-on'

export function handsOnHandlers(handsOn: () => Promise<HandsOnService>): Handlers<typeof handsOnContract> {
  return {
    calls: {
      'handsOn.list': async () => await (await handsOn()).list(),
      'handsOn.start': async (wish) => ({ attemptId: await (await handsOn()).start(wish) }),
      'handsOn.open': async ({ attemptId, task }) => await (await handsOn()).open(attemptId, task),
      'handsOn.handIn': async ({ attemptId, task }) => await (await handsOn()).handIn(attemptId, task),
      'handsOn.end': async ({ attemptId }) => await (await handsOn()).end(attemptId),
      'handsOn.remove': async ({ attemptId }) => {
        await (await handsOn()).remove(attemptId)
        return {}
      },
      'handsOn.result': async ({ attemptId }) => await (await handsOn()).result(attemptId),
    },
    streams: {
      'handsOn.watch': async ({ attemptId }, emit) => await (await handsOn()).watch(attemptId, emit),
    },
  }
}
