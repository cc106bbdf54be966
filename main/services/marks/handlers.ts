/** The calls of marks: each finds the service, which may still have to read the questions. */
import type { Handlers, marksContract } from '../../api'
import type { MarksService } from './marks'

export function marksHandlers(marks: () => Promise<MarksService>): Handlers<typeof marksContract> {
  return {
    calls: {
      'marks.get': async ({ itemId }) => await (await marks()).get(itemId),
      'marks.set': async ({ itemId, ...mark }) => await (await marks()).set(itemId, mark),
      'marks.questions': async () => await (await marks()).questions(),
      'marks.practise': async ({ filter, length }) => ({
        attemptId: await (await marks()).practise(filter, length),
      }),
    },
    streams: {},
  }
}
