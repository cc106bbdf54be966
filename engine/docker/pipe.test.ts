import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { CommandPipe } from './pipe'

function frame(stream: 1 | 2, words: string): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(Buffer.byteLength(words), 4)
  return Buffer.concat([header, Buffer.from(words)])
}

test('what arrived before the end is read to the end', async () => {
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
