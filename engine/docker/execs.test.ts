import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { frame, type HttpEngine, openHttpEngine } from './testing/index.test-kit'

let engine: HttpEngine
beforeEach(async () => {
  engine = await openHttpEngine()
})
afterEach(() => engine[Symbol.asyncDispose]())

/** Answers everything about an exec but its connection. */
function answerExec(state: { Running: boolean; ExitCode: number | null }): void {
  engine.answerFrom({ '/containers/c1/exec': { Id: 'e1' }, '/exec/e1/json': state, '/exec/e1/resize': {} })
}

const ended = { Running: false, ExitCode: 3 }

test('a command gives its exit code, stdout and stderr', async () => {
  answerExec(ended)
  engine.onCommand((connection) => {
    connection.write(Buffer.concat([frame(1, 'out '), frame(2, 'err'), frame(1, 'put')]))
    connection.end()
  })
  const options = { env: { A: '1' }, cwd: '/srv', user: 'ada' }
  expect(await engine.client.execs.run('c1', ['sh', '-c', 'true'], options)).toEqual({
    exitCode: 3,
    stdout: 'out put',
    stderr: 'err',
  })
  expect(engine.seen[0]?.body).toEqual({
    Cmd: ['sh', '-c', 'true'],
    Env: ['A=1'],
    WorkingDir: '/srv',
    User: 'ada',
    Tty: false,
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
  })
})

test('a command gets its stdin, and then the end of it', async () => {
  answerExec(ended)
  engine.onCommand((connection) => {
    let input = ''
    connection.on('data', (chunk: Buffer) => {
      input += chunk.toString()
    })
    connection.once('end', () => connection.end(frame(1, input.toUpperCase())))
  })
  const { stdout } = await engine.client.execs.run('c1', ['cat'], { stdin: 'hello' })
  expect(stdout).toContain('HELLO')
  expect(engine.seen[0]?.body).toMatchObject({ AttachStdin: true })
})

test('output beyond the most that is kept is cut off', async () => {
  answerExec(ended)
  engine.onCommand((connection) => {
    for (let turn = 0; turn < 50; turn++) connection.write(frame(turn % 2 ? 1 : 2, 'x'.repeat(100)))
    connection.end()
  })
  const { stdout, stderr } = await engine.client.execs.run('c1', ['yes'], { maxBytes: 250 })
  expect([stdout.length, stderr.length]).toEqual([250, 250])
})

test('a command that hangs ends at its limit, and its connection is closed', async () => {
  answerExec(ended)
  const closed = new Promise<void>((resolve) => {
    engine.onCommand((connection) => {
      connection.once('end', resolve).resume()
    })
  })
  const run = engine.client.execs.run('c1', ['sleep', '60'], { limitMs: 100 })
  await expect(run).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringContaining('running sleep'),
  })
  await closed
})

test('a container that is gone is an error', async () => {
  engine.answer(404, { message: 'No such container: c1' })
  await expect(engine.client.execs.run('c1', ['true'])).rejects.toMatchObject({ code: 'not-found' })
})

test('a pipe carries both ways', async () => {
  answerExec(ended)
  engine.onCommand((connection) => {
    connection.on('data', (chunk: Buffer) => connection.write(frame(1, chunk.toString().toUpperCase())))
    connection.on('error', () => undefined)
  })
  const pipe = await engine.client.execs.openPipe('c1', ['nc'])
  pipe.write('hello')
  const [chunk] = (await pipe.take(1).toArray()) as Buffer[]
  expect(chunk?.toString()).toBe('HELLO')
})

async function openTty(resizes: (times: number) => number) {
  const sizes: string[] = []
  engine.handle((request, response) => {
    const { url = '' } = request
    request.resume()
    if (url.includes('/resize')) {
      sizes.push(url.replace(/^.*\?/, ''))
      const status = resizes(sizes.length)
      response.writeHead(status).end('{"message":"not yet"}')
    } else if (url.includes('/json')) response.end('{"Running":true,"ExitCode":null}')
    else response.writeHead(201).end('{"Id":"e1"}')
  })
  let connection: Duplex | null = null
  engine.onCommand((opened) => {
    connection = opened.on('error', () => undefined)
  })
  const tty = await engine.client.execs.openTty('c1', { cmd: ['bash'], cols: 80, rows: 24 })
  return { tty, sizes, connection: () => connection }
}

test('a terminal gets its size as soon as its process is there', async () => {
  const { tty, sizes } = await openTty((times) => (times < 3 ? 500 : 200))
  expect(sizes).toEqual(['w=80&h=24', 'w=80&h=24', 'w=80&h=24'])
  await tty.resize(120, 40)
  expect(sizes.at(-1)).toBe('w=120&h=40')
  expect(await tty.exitCode()).toBeNull()
  tty.stream.destroy()
})

test('a terminal whose process has ended already needs no size', async () => {
  const { tty, sizes } = await openTty(() => 404)
  expect(sizes).toHaveLength(1)
  tty.stream.destroy()
})

test('the output of a terminal arrives as it is, without frames', async () => {
  const { tty, connection } = await openTty(() => 200)
  connection()?.write('\u001b[1mhello')
  const [chunk] = (await tty.stream.take(1).toArray()) as Buffer[]
  expect(chunk?.toString()).toBe('\u001b[1mhello')
})
