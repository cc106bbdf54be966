import { expect, test } from 'vitest'
import { isForUs } from './previews'

const request = (host: string) => Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`)

test.each(['127.0.0.1:4000', 'localhost:4000'])('a request to %s is for us', (host) => {
  expect(isForUs(request(host), 4000)).toBe(true)
})

test.each(['evil.example:4000', '127.0.0.1:4001', '127.0.0.1', ''])('a request to "%s" is not', (host) => {
  expect(isForUs(request(host), 4000)).toBe(false)
})

test('another protocol has no name to be wrong', () => {
  expect(isForUs(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]), 4000)).toBe(true)
})
