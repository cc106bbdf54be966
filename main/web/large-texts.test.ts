/** Texts of every size that the contract allows, over the real host with the real contract. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import {
  type Client,
  type Contract,
  connect,
  contract,
  type Handlers,
  LARGEST_FRAME,
  LARGEST_TEXT,
  serve,
  webSocketPort,
} from '../api'
import { startWebHost, type WebHost } from '.'

let folder: string
let host: WebHost
let socket: WebSocket
let api: Client<Contract>
const taken: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-large-'))
  const take = async <Answer>(text: string, answer: Answer) => {
    taken.push(text)
    return answer
  }
  const calls = {
    'file.write': ({ content }: { content: string }) => take(content, { version: 'none' }),
    'terminal.write': ({ data }: { data: string }) => take(data, {}),
  }
  // Only the two calls that carry large texts are asked.
  const handlers = { calls, streams: {} } as unknown as Handlers<Contract>
  host = await startWebHost({
    port: 0,
    folder,
    onPage: (port) => void serve(contract, handlers, port, { onInternalError: expect.fail }),
  })
  const { origin, host: name, searchParams } = new URL(host.url)
  socket = new WebSocket(`ws://${name}/`, [`capstan.${searchParams.get('token')}`], { origin })
  // The port of the page, over a socket that has the same methods as a browser's.
  api = connect<typeof contract>(webSocketPort(socket as unknown as Parameters<typeof webSocketPort>[0]))
  await once(socket, 'open')
})
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

const save = (content: string) =>
  api.call('file.write', { sessionId: 's', node: 'n', path: '/large', content })

test.each([
  ['control characters, which JSON writes as six', '\u0001'],
  ['halves of characters, which JSON writes as six', '\ud800'],
  ['quotes', '"'],
  ['characters of three bytes', '€'],
])('the largest file of %s is saved', { timeout: 60_000 }, async (_what, character) => {
  const content = character.repeat(LARGEST_TEXT)
  await save(content)
  expect(taken.pop() === content).toBe(true)
})

test.each([
  ['by one character', 'x'.repeat(LARGEST_TEXT + 1)],
  ['so that it fits in no frame', '\u0001'.repeat(LARGEST_FRAME / 6)],
])(
  'a file that is too large %s is refused with words, and the line stays',
  { timeout: 60_000 },
  async (_what, content) => {
    await expect(save(content)).rejects.toMatchObject({
      code: 'too-large',
      help: expect.stringContaining('1,000,000 characters'),
    })
    expect(socket.readyState).toBe(WebSocket.OPEN)
    expect(taken).toEqual([])
  },
)
