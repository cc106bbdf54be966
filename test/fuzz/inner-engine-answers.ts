/** Answers that no Docker Engine gives: wrong values, wrong forms, and half of them. */
import fc from 'fast-check'

export type Ending = 'end' | 'reset' | 'hang' | 'endless'

/** What the engine sends for every request, whatever it was. */
export interface Answer {
  readonly pieces: readonly Buffer[]
  readonly ending: Ending
}

/** Answers as an engine gives them, with wrong values in the right places. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>('80', -1, 1e308, 65_536, 80.5, null, true, [], {}, [[]], { length: 1e9 }),
)
const shaped = fc.record(
  {
    Id: anything,
    ID: anything,
    Names: anything,
    State: fc.oneof(anything, fc.record({ Running: anything })),
    Running: anything,
    ExitCode: anything,
    StatusCode: anything,
    Labels: anything,
    Ports: fc.oneof(anything, fc.array(fc.record({ PublicPort: anything, Type: anything }))),
    Endpoint: fc.oneof(anything, fc.record({ Ports: anything })),
    NetworkSettings: fc.oneof(anything, fc.record({ Networks: anything, Ports: anything })),
    Volumes: anything,
    JoinTokens: anything,
    Status: anything,
    Action: anything,
    Actor: anything,
    message: anything,
    error: anything,
    stream: anything,
    KernelVersion: anything,
  },
  { requiredKeys: [] },
)
export const json = fc
  .oneof(anything, shaped, fc.array(shaped, { maxLength: 4 }))
  .map((value) => Buffer.from(JSON.stringify(value) ?? 'null'))
const deep = fc
  .tuple(fc.constantFrom('[', '{"a":', '[{"a":'), fc.constantFrom(10, 64, 65, 5_000, 200_000))
  .map(([opening, times]) => Buffer.from(opening.repeat(times)))
const wide = fc
  .tuple(fc.constantFrom('0,', '{},', '"",', '[],'), fc.constantFrom(10, 1_000, 600_000))
  .map(([value, times]) => Buffer.from(`[${value.repeat(times)}0]`))
/** Frames of a command's output, with lengths and streams that are none. */
export const frames = fc
  .array(
    fc.tuple(fc.nat(255), fc.oneof(fc.nat(64), fc.constant(0xff_ff_ff_ff)), fc.uint8Array({ maxLength: 64 })),
  )
  .map((all) =>
    Buffer.concat(
      all.map(([stream, length, payload]) => {
        const header = Buffer.alloc(8)
        header.writeUInt8(stream, 0)
        header.writeUInt32BE(length, 4)
        return Buffer.concat([header, payload])
      }),
    ),
  )
export const noise = fc.uint8Array({ maxLength: 4_000 }).map((bytes) => Buffer.from(bytes))
const lines = fc
  .array(json, { maxLength: 8 })
  .map((all) => Buffer.concat(all.flatMap((one) => [one, Buffer.from('\n')])))
const bodies = fc.oneof(
  { weight: 6, arbitrary: json },
  { weight: 2, arbitrary: lines },
  { weight: 2, arbitrary: frames },
  { weight: 2, arbitrary: noise },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: wide },
)

export const STATUSES = [200, 200, 200, 201, 204, 304, 100, 404, 409, 500, 999]
/** Node does not report a connection that is handed over unasked, so only a limit ends such a call. */
export const SWITCHING = 101
const headsWith = (statuses: readonly number[]) =>
  fc
    .tuple(
      fc.constantFrom(...statuses),
      fc.subarray([
        'Content-Type: image/png',
        'Connection: close',
        'Content-Encoding: gzip',
        'X: \u00e9',
        'Upgrade: tcp',
      ]),
      fc.constantFrom('length', 'chunked', 'neither', 'both', 'too long', 'negative'),
    )
    .map(([code, more, form]) => (length: number) => {
      const sizes: Record<typeof form, readonly string[]> = {
        length: [`Content-Length: ${length}`],
        chunked: ['Transfer-Encoding: chunked'],
        neither: [],
        both: [`Content-Length: ${length}`, 'Transfer-Encoding: chunked'],
        'too long': [`Content-Length: ${length + 100}`],
        negative: ['Content-Length: -1'],
      }
      const upgrade = code === SWITCHING ? ['Connection: Upgrade', 'Upgrade: tcp'] : []
      return Buffer.from(
        [`HTTP/1.1 ${code} Some`, ...upgrade, ...more, ...sizes[form], '', ''].join('\r\n'),
        'latin1',
      )
    })
const wholeWith = (statuses: readonly number[]) =>
  fc.tuple(headsWith(statuses), bodies).map(([head, body]) => [head(body.length), body])
const wrongHeads = fc.oneof(
  noise.map((bytes) => [bytes]),
  fc
    .integer({ min: 1, max: 40_000 })
    .map((times) => [Buffer.from(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(times)}`)]),
  fc
    .integer({ min: 1, max: 5_000 })
    .map((times) => [Buffer.from(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(times)}`)]),
  wholeWith(STATUSES).map(([head]) => [(head ?? Buffer.alloc(0)).subarray(0, -3)]),
)
/** The pieces in which an answer arrives, down to single bytes at its start. */
export const piecesWith = (statuses: readonly number[]) =>
  fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: wholeWith(statuses) }, { weight: 1, arbitrary: wrongHeads }),
      fc.boolean(),
    )
    .map(([parts, isCut]) => (isCut ? cut(Buffer.concat(parts)) : parts))

function cut(bytes: Buffer): Buffer[] {
  const singles = Array.from(bytes.subarray(0, 40), (byte) => Buffer.from([byte]))
  return [...singles, bytes.subarray(40)]
}
