import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Demultiplexer } from './demultiplex'
import { frame } from './testing/index.test-kit'

interface Frame {
  readonly isError: boolean
  readonly payload: Uint8Array
}

function framed({ isError, payload }: Frame): Buffer {
  return frame(isError ? 2 : 1, payload)
}

function demultiplexed(chunks: readonly Buffer[]): { stdout: Buffer; stderr: Buffer } {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  const frames = new Demultiplexer({
    stdout: (chunk) => stdout.push(chunk),
    stderr: (chunk) => stderr.push(chunk),
  })
  for (const chunk of chunks) frames.push(chunk)
  return { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }
}

const frames = fc.array(fc.record({ isError: fc.boolean(), payload: fc.uint8Array({ maxLength: 40 }) }))

test('both streams come out whole, however the connection cuts them', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat()), (sent, cuts) => {
      const wire = Buffer.concat(sent.map(framed))
      const at = [...new Set(cuts.map((cut) => cut % (wire.length + 1)))].sort((a, b) => a - b)
      const chunks = [0, ...at].map((start, index) => wire.subarray(start, at[index] ?? wire.length))
      const of = (isError: boolean) =>
        Buffer.concat(sent.filter((frame) => frame.isError === isError).map(({ payload }) => payload))
      expect(demultiplexed(chunks)).toEqual({ stdout: of(false), stderr: of(true) })
    }),
  )
})

test('a payload is passed on before its frame is complete', () => {
  const wire = framed({ isError: false, payload: Buffer.from('hello') })
  expect(demultiplexed([wire.subarray(0, 10)]).stdout.toString()).toBe('he')
})
