import { expect, test } from 'vitest'
import { readScript } from './script-lines'

test('commands, comments, directives', () => {
  const script =
    '#!/bin/bash\n# first\n\ndocker attach web\n#@ expect ready in \\d+\n  #@ key ctrl-p ctrl-q enter x\nls'
  expect(readScript(script)).toMatchObject([
    { number: 2, kind: 'idle' },
    { number: 3, kind: 'idle' },
    { number: 4, kind: 'type', text: 'docker attach web' },
    { number: 5, kind: 'expect' },
    { number: 6, kind: 'key', keys: '\u0010\u0011\rx' },
    { number: 7, kind: 'type', text: 'ls' },
  ])
})

test.each([
  ['ls\n#@ wait 5', 'Line 2'],
  ['#@ expect (', 'regular expression'],
  ['#@ expect', 'not a directive'],
  ['#@ key ctrl-p shift-f12', '"shift-f12"'],
])('the message about %j says where and what', (script, words) => {
  expect(() => readScript(script)).toThrow(
    expect.objectContaining({ code: 'lab-invalid', message: expect.stringContaining(words) }),
  )
})
