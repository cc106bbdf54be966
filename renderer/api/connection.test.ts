import { expect, test } from 'vitest'
import { type ApiError, contract, type Frame, type Port, type SetupState, serve } from '../../main/api'
import { READY } from '../testing/host.test-kit'
import { portPair } from '../testing/port-pair.test-kit'
import { Connection } from './connection'

/** The other end of a connection: each try to connect gets a line of its own, or none. */
function world() {
  const lines: ReturnType<typeof portPair>[] = []
  const waits: { ms: number; retry: () => void }[] = []
  const seen: string[] = []
  let isReachable = true
  const open = async (): Promise<Port> => {
    if (!isReachable) throw new Error('nobody is there')
    const line = portPair()
    lines.push(line)
    line.host.onFrame((frame) => seen.push(describe(frame as Frame)))
    return line.page
  }
  const connection = new Connection(open, { later: (retry, ms) => waits.push({ ms, retry }) })
  const states: string[] = []
  connection.onState(() => states.push(connection.state))
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
  return {
    connection,
    states,
    seen,
    waits,
    turn,
    line: () => lines.at(-1),
    lines,
    setReachable: (is: boolean) => {
      isReachable = is
    },
    /** The newest line gets its first frame. */
    greet: async () => {
      lines.at(-1)?.host.send({ t: 'hello' })
      await turn()
    },
    retry: async () => {
      waits.at(-1)?.retry()
      await turn()
    },
  }
}

function describe(frame: Frame): string {
  return 'name' in frame ? `${frame.t} ${frame.name}` : frame.t
}

test('is connecting until the first frame, and connected then', async () => {
  const { connection, states, turn, greet } = world()
  await turn()
  expect(connection.state).toBe('connecting')
  await greet()
  expect(states).toEqual(['connected'])
})

test('a call that is made early waits for the line', async () => {
  const { connection, seen, turn, greet } = world()
  const call = connection.call('lab.list', {})
  call.catch(() => undefined)
  await turn()
  expect(seen).toEqual([])
  await greet()
  await turn()
  expect(seen).toEqual(['call lab.list'])
})

test('a watch that is made early starts with the line', async () => {
  const { connection, seen, turn, greet } = world()
  connection.subscribe('setup.watch', {}, { onItem: () => undefined })
  await turn()
  await greet()
  await turn()
  expect(seen).toEqual(['watch setup.watch'])
})

test('a watch goes on when the line is back, and its loss is no error', async () => {
  const { connection, seen, turn, greet, line, retry } = world()
  const errors: ApiError[] = []
  const items: SetupState[] = []
  await turn()
  await greet()
  connection.subscribe(
    'setup.watch',
    {},
    { onItem: (item) => items.push(item), onError: (error) => errors.push(error) },
  )
  await turn()
  line()?.cut()
  await retry()
  await greet()
  await turn()
  expect(seen).toEqual(['watch setup.watch', 'watch setup.watch'])
  line()?.host.send({ t: 'item', id: 1, out: READY })
  await turn()
  expect(items).toEqual([READY])
  expect(errors).toEqual([])
})

test('a watch that the host refuses gets the error', async () => {
  const { connection, turn, greet, line } = world()
  const codes: string[] = []
  await turn()
  await greet()
  connection.subscribe(
    'setup.watch',
    {},
    { onItem: () => undefined, onError: ({ code }) => codes.push(code) },
  )
  await turn()
  line()?.host.send({ t: 'error', id: 1, error: { code: 'not-found', message: 'No.', help: null } })
  await turn()
  expect(codes).toEqual(['not-found'])
})

test('a watch that was stopped does not start again', async () => {
  const { connection, seen, turn, greet, line, retry } = world()
  await turn()
  await greet()
  const stop = connection.subscribe('setup.watch', {}, { onItem: () => undefined })
  await turn()
  stop()
  await turn()
  line()?.cut()
  await retry()
  await greet()
  await turn()
  expect(seen).toEqual(['watch setup.watch', 'cancel'])
})

test('a call whose line breaks fails, and a later one waits for the next line', async () => {
  const { connection, states, turn, greet, line, retry, seen } = world()
  await turn()
  await greet()
  const lost = connection.call('lab.list', {})
  await turn()
  line()?.cut()
  await expect(lost).rejects.toMatchObject({ code: 'disconnected' })
  expect(connection.state).toBe('lost')
  const later = connection.call('session.list', {})
  later.catch(() => undefined)
  await retry()
  await greet()
  await turn()
  expect(seen).toEqual(['call lab.list', 'call session.list'])
  expect(states).toEqual(['connected', 'lost', 'connected'])
})

test('tries again later and later, up to a limit, and begins again after success', async () => {
  const { waits, turn, greet, line, retry, setReachable } = world()
  await turn()
  await greet()
  setReachable(false)
  line()?.cut()
  for (let tries = 0; tries < 6; tries++) await retry()
  expect(waits.map(({ ms }) => ms)).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000])
  setReachable(true)
  await retry()
  await greet()
  line()?.cut()
  expect(waits.at(-1)?.ms).toBe(250)
})

test('a host that is not there at the beginning is tried again', async () => {
  const { connection, turn, lines, waits, greet } = world()
  await turn()
  lines[0]?.cut()
  expect(connection.state).toBe('lost')
  expect(waits).toHaveLength(1)
  waits[0]?.retry()
  await turn()
  await greet()
  expect(connection.state).toBe('connected')
})

test('a listener of the state that has stopped hears nothing', async () => {
  const { connection, turn, greet } = world()
  let heard = 0
  const stop = connection.onState(() => heard++)
  stop()
  await turn()
  await greet()
  expect(heard).toBe(0)
})

test('serves a real contract end to end', async () => {
  const line = portPair()
  const connection = new Connection(async () => line.page)
  const labs = async () => []
  await new Promise((resolve) => setTimeout(resolve, 0))
  type Served = Parameters<typeof serve<typeof contract>>[1]
  const handlers = { calls: { 'lab.list': labs } as Partial<Served['calls']>, streams: {} } as Served
  serve(contract, handlers, line.host, { onInternalError: () => undefined })
  expect(await connection.call('lab.list', {})).toEqual([])
  await expect(connection.call('session.list', {})).rejects.toMatchObject({ code: 'bad-input' })
})
