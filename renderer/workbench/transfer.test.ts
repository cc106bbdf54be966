import { expect, test } from 'vitest'
import { LARGEST_PART } from '../../main/api'
import { readFileInParts, writeFileInParts } from './transfer'

const BYTES = Uint8Array.from({ length: 2 * LARGEST_PART + 5 }, (_, at) => (at * 7) % 256)
const following = () => {
  const done: number[] = []
  return { done, onPart: (bytes: number) => void done.push(bytes), signal: new AbortController().signal }
}

test.each([0, 1, LARGEST_PART, BYTES.length])(
  'a file of %i bytes goes in and comes out as it was',
  async (size) => {
    const content = BYTES.slice(0, size)
    let node = Buffer.alloc(0)
    let isWhole = false
    await writeFileInParts(
      new Blob([content]),
      async ({ offset, data, isLast }) => {
        expect([offset, isWhole]).toEqual([node.length, false])
        node = Buffer.concat([node, Buffer.from(data, 'base64')])
        isWhole = isLast
      },
      following(),
    )
    expect(isWhole).toBe(true)
    expect(node.equals(content)).toBe(true)
    const blob = await readFileInParts(
      async ({ offset, length }) => ({ data: node.subarray(offset, offset + length).toString('base64') }),
      following(),
    )
    expect(node.equals(new Uint8Array(await blob.arrayBuffer()))).toBe(true)
  },
)

test('each part is told, and a transfer that is stopped asks for no more', async () => {
  const controller = new AbortController()
  const told: number[] = []
  const reading = readFileInParts(
    async ({ offset, length }) => ({
      data: Buffer.from(BYTES.slice(offset, offset + length)).toString('base64'),
    }),
    {
      onPart: (done) => {
        told.push(done)
        if (told.length === 2) controller.abort(new Error('stopped'))
      },
      signal: controller.signal,
    },
  )
  await expect(reading).rejects.toThrow('stopped')
  expect(told).toEqual([LARGEST_PART, 2 * LARGEST_PART])
})
