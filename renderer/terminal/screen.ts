/** An xterm on the page, with its addons, tied to a terminal of the host. */
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { type ITerminalAddon, Terminal } from '@xterm/xterm'
import { eraseSafely } from '../../shared/screen'
import { type PageClient, terminalInput } from '../api'
import { Drawing } from './drawing'
import { bindKeys, type Wishes } from './key-binding'
import { receiver } from './receiver'
import { listenToRequests, type RequestListeners } from './requests'

export interface Screen {
  readonly terminal: Terminal
  readonly search: SearchAddon
  fit(): void
  /** Keeps the text in the page's tree, where a screen reader finds it. Otherwise it draws as fast as it can. */
  serveScreenReader(on: boolean): void
  dispose(): void
}

export interface ScreenOptions extends Wishes {
  readonly api: PageClient
  readonly terminalId: string
  readonly place: HTMLElement
  readonly requests: RequestListeners
}

export function openScreen({ api, terminalId, place, requests, ...wishes }: ScreenOptions): Screen {
  const terminal = newTerminal()
  const [fit, search] = [new FitAddon(), new SearchAddon()]
  addAddons(terminal, [fit, search])
  eraseSafely(terminal)
  terminal.open(place)
  const drawing = new Drawing(terminal)
  bindKeys(terminal, wishes)
  listenToRequests(terminal, requests)
  terminal.onData(terminalInput({ api, terminalId }))
  const stopOutput = api.subscribe(
    'terminal.output',
    { terminalId },
    { onItem: receiver(terminal, { api, terminalId }) },
  )
  const refit = () => {
    if (place.clientWidth > 0 && place.clientHeight > 0) fit.fit()
  }
  // A terminal that has ended refuses a new size, which does not matter.
  terminal.onResize(
    ({ cols, rows }) => void api.call('terminal.resize', { terminalId, cols, rows }).catch(() => undefined),
  )
  const observer = new ResizeObserver(() => requestAnimationFrame(refit))
  observer.observe(place)
  return {
    terminal,
    search,
    fit: refit,
    serveScreenReader: (on) => drawing.serveScreenReader(on),
    dispose: () => {
      observer.disconnect()
      stopOutput()
      terminal.dispose()
    },
  }
}

function newTerminal(): Terminal {
  return new Terminal({
    allowProposedApi: true,
    // The parser would log whatever it does not understand of what a node prints.
    logLevel: 'off',
    // Nobody may ask for the title or the window, nor change them.
    windowOptions: {},
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    lineHeight: 1.2,
    // Colours that a program chose without knowing the theme stay readable (WCAG AA).
    minimumContrastRatio: 4.5,
    macOptionIsMeta: true,
  })
}

function addAddons(terminal: Terminal, own: readonly ITerminalAddon[]): void {
  for (const addon of own) terminal.loadAddon(addon)
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
}
