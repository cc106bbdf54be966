/** An xterm on the page, with its addons, tied to a terminal of the host. */
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebglAddon } from '@xterm/addon-webgl'
import { type ITerminalAddon, Terminal } from '@xterm/xterm'
import { eraseSafely } from '../../shared/screen'
import { type PageClient, terminalInput } from '../api'
import { bindKeys, type Wishes } from './key-binding'
import { receiver } from './receiver'
import { listenToRequests, type RequestListeners } from './requests'

export interface Screen {
  readonly terminal: Terminal
  readonly search: SearchAddon
  fit(): void
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
  drawFast(terminal)
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

/**
 * Draws with the graphics card where there is one. `?renderer=dom` keeps the text in the page's tree. A cursor that blinks
 * there makes the browser draw sixty times a second, and a key's letter waits for the next of these times.
 */
function drawFast(terminal: Terminal): void {
  if (new URLSearchParams(window.location.search).get('renderer') === 'dom') return
  try {
    const webgl = new WebglAddon()
    webgl.onContextLoss(() => {
      webgl.dispose()
      terminal.options.cursorBlink = false
    })
    terminal.loadAddon(webgl)
    terminal.options.cursorBlink = true
  } catch {
    // Without WebGL the terminal draws in the page's tree, which is slower but as right.
  }
}
