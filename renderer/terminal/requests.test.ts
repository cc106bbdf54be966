import { expect, test } from 'vitest'
import { LONGEST_COPY, preview, targetOf, textToCopy } from './requests'

const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each([
  ['c;?', null],
  ['?', null],
  [`c;${base64('docker ps')}`, 'docker ps'],
  [`;${base64('é✓')}`, 'é✓'],
  ['c;not base64!', null],
  [`c;${Buffer.from([0xff, 0xfe]).toString('base64')}`, null],
  [`c;${base64('x'.repeat(LONGEST_COPY))}`, 'x'.repeat(LONGEST_COPY)],
  [`c;${base64('x'.repeat(LONGEST_COPY + 1))}`, null],
])('OSC 52 with %.20j offers %.20j', (data, text) => {
  expect(textToCopy(data)).toBe(text)
})

test.each([
  ['https://docs.docker.com/a?b#c', 'https://docs.docker.com/a?b#c'],
  ['http://раураl.com/', 'http://xn--l-7sba6dbr.com/'],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['data:text/html,x', null],
  ['vscode://open', null],
  ['not a link', null],
])('%s leads to %s', (text, url) => {
  expect(targetOf(text)).toBe(url)
})

test('a preview is one short line in which nothing is hidden', () => {
  expect(preview('a\nb\u001b[31m\u202ec')).toBe('a\\u000ab\\u001b[31m\\u202ec')
  expect(preview('x'.repeat(500), 10)).toBe(`${'x'.repeat(10)}…`)
})
