/** `capstan open LINK`: the address that opens a link in the app that is served from this data folder. */
import { CapstanError } from '../../engine'
import { routeOfLink } from '../api'
import { dataFolder } from '../store'
import { servedAddress } from '../web'
import { EXIT, type Output, print } from './output'

/** @throws CapstanError `bad-input` for what is no link of ours, `not-found` when nothing is served */
export async function printAddressOf(link: string, output: Output): Promise<number> {
  const route = routeOfLink(link)
  if (route === null) {
    throw new CapstanError('bad-input', 'This is no link to a playground, a lab or an objective.', {
      help: 'A link looks like capstan://playground?managers=3&workers=2. Put it in quotes.',
    })
  }
  const address = await servedAddress(dataFolder())
  if (!address) {
    throw new CapstanError('not-found', 'Capstan was never served from this data folder.', {
      help: 'Run `capstan serve`, then try again. In the desktop app, paste the link on the page "Playground".',
    })
  }
  const url = `${address}#${route}`
  print(output, { url }, [url])
  return EXIT.done
}
