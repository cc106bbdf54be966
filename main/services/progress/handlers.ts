/** The calls of progress: each finds the service, which may still have to read the questions. */
import type { Handlers, progressContract } from '../../api'
import type { ProgressService } from './progress'

export function progressHandlers(
  progress: () => Promise<ProgressService>,
): Handlers<typeof progressContract> {
  return {
    calls: {
      'progress.overview': async () => await (await progress()).overview(),
      'progress.curve': async () => await (await progress()).curve(),
      'progress.reviews': async () => await (await progress()).reviews(),
      'progress.statistics': async ({ keys }) => await (await progress()).statistics({ keys }),
      'progress.export': async ({ format }) => await (await progress()).export(format),
      'progress.review': async ({ most }) => ({ attemptId: await (await progress()).startReview(most) }),
      'progress.drill': async ({ objectives, length }) => ({
        attemptId: await (await progress()).startDrill(objectives, length),
      }),
    },
    streams: {},
  }
}
