/** The calls of the person's own questions: each finds the service, which may still have to read the bank. */
import type { exchangeContract, Handlers } from '../../api'
import type { FoundPicture } from '../own'
import type { ExchangeService } from './exchange'
import { formatViews } from './formats'

export function exchangeHandlers(
  exchange: () => Promise<ExchangeService>,
): Handlers<typeof exchangeContract> {
  return {
    calls: {
      'own.list': async () => await (await exchange()).list(),
      'own.practise': async (wish) => ({ attemptId: await (await exchange()).practise(wish) }),
      'exchange.formats': async () => formatViews(),
      'exchange.begin': async (file) => ({ importId: (await exchange()).begin(file) }),
      'exchange.part': async ({ importId, ...part }) => {
        ;(await exchange()).take(importId, part)
        return {}
      },
      'exchange.preview': async ({ importId, ...wish }, signal) =>
        await (await exchange()).preview(importId, wish, signal),
      'exchange.items': async ({ importId, ...which }) => await (await exchange()).items(importId, which),
      'exchange.picture': async ({ importId, path }) =>
        pictureView(await (await exchange()).importedPicture(importId, path)),
      'exchange.add': async ({ importId, ...choice }) => await (await exchange()).add(importId, choice),
      'exchange.forget': async ({ importId }) => {
        ;(await exchange()).forget(importId)
        return {}
      },
      'exchange.export': async ({ wish, format }) => await (await exchange()).export(wish, format),
      'exchange.exported': async ({ exportId, offset }) =>
        await (await exchange()).exported(exportId, offset),
      'picture.get': async ({ of, path }) => pictureView(await (await exchange()).picture(of, path)),
    },
    streams: {},
  }
}

function pictureView({ type, bytes }: FoundPicture) {
  return { type, data: Buffer.from(bytes).toString('base64') }
}
