/** The calls of the path: each finds the service, which may still have to read its files. */
import type { Handlers, pathContract } from '../../api'
import type { PathService } from './path'

export function pathHandlers(path: () => Promise<PathService>): Handlers<typeof pathContract> {
  return {
    calls: {
      'path.list': async ({ attempts }) => await (await path()).list(attempts),
      'path.practised': async ({ labId }) => (await path()).practised(labId),
      'path.place': async () => ({ attemptId: await (await path()).place() }),
      'path.placement': async () => ({ placement: await (await path()).placement() }),
      'objective.list': async () => (await path()).objectives(),
      'objective.open': async ({ objectiveId }) => (await path()).objective(objectiveId),
      'search.find': async ({ text }) => await (await path()).find(text),
    },
    streams: {},
  }
}
