import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { CommandPipe } from './pipe'
import { frame } from './testing/index.test-kit'

test('everything that arrived before the end is read', async () => {
  const socket = new PassThrough()
  const pipe = new CommandPipe(socket)
  socket.end(Buffer.concat([frame(1, 'hello '), frame(1, 'world')]))
  await new Promise((resolve) => setImmediate(resolve))
  expect(await text(pipe)).toBe('hello world')
})

test('a command that ends with words on stderr is an error with those words', async () => {
  const socket = new PassThrough()
  const pipe = new CommandPipe(socket)
  socket.end(frame(2, 'dial unix /var/run/docker.sock: no such file'))
  await expect(text(pipe)).rejects.toMatchObject({
    code: 'node-gone',
    message: expect.stringContaining('no such file'),
  })
})

test('a reader that is slow makes the command wait', async () => {
  const socket = new PassThrough()
  const pipe = new CommandPipe(socket)
  const chunk = frame(1, 'x'.repeat(64_000))
  socket.write(chunk)
  socket.write(chunk)
  await new Promise((resolve) => setImmediate(resolve))
  expect(socket.isPaused()).toBe(true)
  pipe.resume()
  await new Promise((resolve) => setImmediate(resolve))
  expect(socket.isPaused()).toBe(false)
  pipe.destroy()
  expect(socket.destroyed).toBe(true)
})

test('a command that says something on stderr and works has no error', async () => {
  const socket = new PassThrough()
  const pipe = new CommandPipe(socket)
  socket.write(Buffer.concat([frame(2, '  \n'), frame(1, 'hello')]))
  socket.end()
  expect(await text(pipe)).toBe('hello')
})

test('only the last words of a long error are kept', async () => {
  const socket = new PassThrough()
  const pipe = new CommandPipe(socket)
  socket.end(frame(2, `${'x'.repeat(5_000)} at last`))
  const error = await text(pipe).catch((reason: Error) => reason)
  expect(error).toMatchObject({ code: 'node-gone', message: expect.stringMatching(/at last$/) })
  expect(String(error).length).toBeLessThan(700)
})

test('a connection that breaks breaks the pipe', async () => {
  const socket = new PassThrough()
  const pipe = new CommandPipe(socket)
  socket.destroy(new Error('broken'))
  await expect(text(pipe)).rejects.toThrow('broken')
})
