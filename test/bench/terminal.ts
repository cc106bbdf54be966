/**
 * The terminal, from the program in a node to the last line on the page.
 *
 * It is measured in turns against xterm.js alone, which gets the same bytes from memory in the same page, and against
 * ttyd in the same browser, whose shell is `docker exec -it` in a node of the same kind. All three draw into the page's
 * tree, with the same number of rows and the same scrollback.
 */
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { engineHome } from '../../engine/outer'
import type { ReadyEngine } from '../integration/engine-fixture'
import { echoOfEngine, echoOfLeastServer } from './least-echo'
import { median, type Row, row, skipped } from './rows'
import { TerminalOnPage } from './terminal-on-page'
import { startTtyd, type Ttyd } from './ttyd'
import { type AloneOptions, loadAlone, streamAlone } from './xterm-alone'

const ROUNDS = 5
const LINES = 1_500_000
const COLOURED_LINES = 300_000
const KEY_BLOCKS = 6
const KEYS = 20
const SCROLLBACK = 5_000
const FONT_SIZE = 13
const MEGABYTE = 1e6
const OURS = '.terminal-view:not([hidden])'

/** Made as a file before it is printed, because making it takes longer than printing it. */
interface Sample {
  readonly name: string
  readonly file: string
  /** The command that prints it. */
  readonly command: string
  /** What the terminal gets: it turns each line end into two characters. */
  readonly text: () => string
}

const SAMPLES: readonly Sample[] = [
  {
    name: 'plain lines',
    file: '/tmp/plain',
    command: `seq 1 ${LINES}`,
    text: () => linesOf(LINES, (line) => String(line)),
  },
  {
    name: 'coloured lines',
    file: '/tmp/coloured',
    command: `awk 'BEGIN{for(i=1;i<=${COLOURED_LINES};i++) printf "\\033[1;3%dm%d\\033[0m \\033[32mok\\033[39m the line with number %d\\n",i%8,i,i}'`,
    text: () =>
      linesOf(
        COLOURED_LINES,
        (line) =>
          `\u001b[1;3${line % 8}m${line}\u001b[0m \u001b[32mok\u001b[39m the line with number ${line}`,
      ),
  },
]

function linesOf(count: number, line: (number: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index + 1)}\r\n`).join('')
}

interface Streams {
  readonly ours: number[]
  readonly engine: number[]
  readonly alone: number[]
  readonly ttyd: number[]
}

export async function terminal(ready: ReadyEngine, browser: Browser, lab: Page): Promise<Row[]> {
  const ours = new TerminalOnPage(lab, OURS)
  const node = { ready, containerId: await nodeOf(ready) }
  const peer = await openPeer(node, browser, ours)
  try {
    const rows: Row[] = []
    for (const sample of SAMPLES)
      rows.push(...streamRows(sample, await streams(node, { ours, peer, sample })))
    return [...rows, ...(await echoRows(ours, peer)), ...(await leastEchoRows(node, browser))]
  } finally {
    await peer?.ttyd[Symbol.asyncDispose]()
  }
}

interface Node {
  readonly ready: ReadyEngine
  readonly containerId: string
}

interface Peer {
  readonly ttyd: Ttyd
  readonly terminal: TerminalOnPage
}

/** The window of ttyd gets the size of the app's terminal. */
async function openPeer(
  { ready, containerId }: Node,
  browser: Browser,
  ours: TerminalOnPage,
): Promise<Peer | null> {
  try {
    const shell = ['docker', 'exec', '-it', containerId, 'bash', '--rcfile', '/opt/capstan/bashrc', '-i']
    const ttyd = await startTtyd({
      command: shell,
      env: dockerEnvironment(ready),
      terminal: {
        rendererType: 'dom',
        disableLeaveAlert: 'true',
        scrollback: SCROLLBACK,
        fontSize: FONT_SIZE,
        lineHeight: 1.2,
        fontFamily: 'monospace',
      },
    })
    const { width, height } = await ours.size()
    const viewport = { width: Math.round(width) + 24, height: Math.round(height) + 12 }
    const page = await browser.newPage({ viewport })
    await page.goto(ttyd.url)
    const terminal = new TerminalOnPage(page, '#terminal-container')
    await terminal.run('echo rea""dy', 'ready')
    process.stderr.write(`  ${ttyd.version}, ${JSON.stringify(await terminal.size())}\n`)
    return { ttyd, terminal }
  } catch (error) {
    process.stderr.write(`  skipped: ttyd: ${error instanceof Error ? error.message : String(error)}\n`)
    return null
  }
}

interface Streaming {
  readonly ours: TerminalOnPage
  readonly peer: Peer | null
  readonly sample: Sample
}

/** Megabytes a second, in turns, so that what else the computer does costs all of them the same. */
async function streams(node: Node, { ours, peer, sample }: Streaming): Promise<Streams> {
  const { file, command, text } = sample
  for (const one of [ours, peer?.terminal]) await one?.run(`${command} > ${file}; echo ma""de`, 'made')
  await node.ready.engine.docker.execs.run(node.containerId, ['sh', '-c', `${command} > ${file}`])
  const bytes = Buffer.from(text())
  const { cols, rows } = await ours.size()
  const size: AloneOptions = { cols, rows, scrollback: SCROLLBACK }
  await loadAlone(ours.page, bytes)
  const megabytes = bytes.length / MEGABYTE
  const rates: Streams = { ours: [], engine: [], alone: [], ttyd: [] }
  for (let round = 0; round <= ROUNDS; round++) {
    const [own, alone] = [await ours.stream(`cat ${file}`), await streamAlone(ours.page, size)]
    const engine = await streamOfEngine(node, file)
    const other = await peer?.terminal.stream(`cat ${file}`)
    // The first round warms up the code of all.
    if (round === 0) continue
    rates.ours.push(megabytes / own)
    rates.engine.push(megabytes / engine)
    rates.alone.push(megabytes / alone)
    if (other !== undefined) rates.ttyd.push(megabytes / other)
  }
  return rates
}

/** The seconds in which the engine delivers the file to a process that throws it away. */
async function streamOfEngine({ ready, containerId }: Node, file: string): Promise<number> {
  const started = performance.now()
  const size = { cols: 80, rows: 24 }
  const { stream } = await ready.engine.docker.execs.openTty(containerId, { cmd: ['cat', file], ...size })
  stream.resume()
  await once(stream, 'end')
  return (performance.now() - started) / 1000
}

function streamRows({ name: what }: Sample, { ours, engine, alone, ttyd }: Streams): Row[] {
  const value = median(ours)
  const [name, unit] = [`terminal stream, ${what}`, 'MB/s']
  const againstAlone = { name: `${name}, against xterm.js alone`, value, unit, baseline: median(alone) }
  return [
    row({ ...againstAlone, ratioAtLeast: 0.9 }),
    row({ name: `${name}, against the engine alone`, value, unit, baseline: median(engine) }),
    ttyd.length === 0
      ? skipped({ name: `${name}, against ttyd`, value, unit }, 'no ttyd')
      : row({ name: `${name}, against ttyd`, value, unit, baseline: median(ttyd), ratioAtLeast: 1 }),
  ]
}

async function echoRows(ours: TerminalOnPage, peer: Peer | null): Promise<Row[]> {
  const times: { readonly ours: number[]; readonly ttyd: number[] } = { ours: [], ttyd: [] }
  for (let block = 0; block < KEY_BLOCKS; block++) {
    times.ours.push(...(await ours.echo(KEYS)))
    if (peer) times.ttyd.push(...(await peer.terminal.echo(KEYS)))
  }
  const figure = { name: 'key → glyph, p50', value: median(times.ours), unit: 'ms' }
  if (!peer) return [skipped({ ...figure, name: `${figure.name}, against ttyd` }, 'no ttyd')]
  return [
    row({ ...figure, name: `${figure.name}, against ttyd`, baseline: median(times.ttyd), ratioAtMost: 1 }),
  ]
}

/** What of a key's way is not ours. The bench itself runs the smallest server, so it has no other work meanwhile. */
async function leastEchoRows({ ready, containerId }: Node, browser: Browser): Promise<Row[]> {
  const [engine, server] = [await echoOfEngine(ready, containerId), await echoOfLeastServer(browser)]
  return [
    row({ name: 'a key to a terminal of the engine and back, p50', value: engine, unit: 'ms' }),
    row({ name: 'a page to the smallest server in Node and back, p50', value: server, unit: 'ms' }),
  ]
}

async function nodeOf({ engine }: ReadyEngine): Promise<string> {
  const nodes = await engine.docker.containers.list({ labels: ['capstan.kind=node'] })
  const [node] = nodes.filter(({ State }) => State === 'running')
  if (!node) throw new Error('the lab has no node')
  return node.Id
}

/** The command line of this computer, or the one that came with our own engine. */
function dockerEnvironment({ engine }: ReadyEngine): NodeJS.ProcessEnv {
  const own = join(engineHome(), 'packages/usr/bin')
  return { ...process.env, DOCKER_HOST: engine.endpoint, PATH: [process.env.PATH, own].join(delimiter) }
}
