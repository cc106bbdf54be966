import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eachLine, readProgress } from './json-lines'

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = []
  await eachLine(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), (line) =>
    lines.push(line.toString()),
  )
  return lines
}

test('lines come out whole, however the connection cuts them, also inside a character', async () => {
  const line = fc.stringMatching(/^[a-zé€😀]{1,12}$/u)
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat()), async (lines, cuts) => {
      const wire = Buffer.from(lines.map((one) => `${one}\n`).join(''))
      const at = [...new Set(cuts.map((cut) => cut % (wire.length + 1)))].sort((a, b) => a - b)
      const chunks = [0, ...at].map((start, index) => wire.subarray(start, at[index] ?? wire.length))
      expect(await linesOf(chunks)).toEqual(lines)
    }),
  )
})

test('a last line without its end counts, and empty lines do not', async () => {
  expect(await linesOf([Buffer.from('one\n\n \ntwo')])).toEqual(['one', 'two'])
})

test('a stream that fails fails the reading', async () => {
  const stream = new Readable({ read: () => undefined })
  const reading = eachLine(stream, () => undefined)
  stream.destroy(new Error('broken'))
  await expect(reading).rejects.toThrow('broken')
})

const progress = (text: string) =>
  readProgress(Readable.from([Buffer.from(text)]), { doing: 'building x', onLine: () => undefined })

test.each([
  ['{"error":"exit code 1"}', 'image-failed', 'exit code 1'],
  ['{"error":"write: no space left on device"}', 'no-space', 'building x'],
  ['{"error":"first"}\n{"error":"second"}', 'image-failed', 'second'],
])('%s at the end of a progress is %s', async (text, code, words) => {
  await expect(progress(text)).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
})

test('progress without an error succeeds', async () => {
  await progress('{"stream":"Step 1"}\n{"status":"done"}\n')
})
