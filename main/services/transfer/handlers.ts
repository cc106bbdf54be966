/** The calls of exports to other machines: each finds the service, which may still have to read the questions. */
import type { Handlers, transferContract } from '../../api'
import type { TransferService } from './transfer'

export function transferHandlers(
  transfer: () => Promise<TransferService>,
): Handlers<typeof transferContract> {
  return {
    calls: {
      'transfer.export': async () => await (await transfer()).export(),
      'transfer.import': async ({ packed }) => await (await transfer()).import(packed),
      'transfer.reset': async () => {
        await (await transfer()).reset()
        return {}
      },
    },
    streams: {},
  }
}
