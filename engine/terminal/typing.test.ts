import { expect, test } from 'vitest'
import { setTimeFactor } from '../../shared/time-limits'
import { FakeShell } from './fake-shell.test-kit'
import { Terminal } from './terminal'
import { typeScript, withoutEcho } from './typing'

const PROMPT = (code: number) => `\u001b]133;D;${code}\u0007\u001b]133;A\u0007# `
const STARTS = '\u001b]133;C\u0007'
const MORE = '\u001b]133;P;k=c\u0007> '
const limits = { limitMs: 200 }

/** A shell at its prompt that answers each line as the test says; a line without an answer hangs. */
function shellThat(answers: Readonly<Record<string, string>>): { shell: FakeShell; terminal: Terminal } {
  const shell = new FakeShell()
  const terminal = new Terminal({ shell, size: { cols: 80, rows: 24 }, node: 'node1', title: 'node1' })
  shell.onTyped = (data) => {
    const answer = answers[data]
    setImmediate(() => shell.print(`${data.replace('\r', '\r\n')}${answer ?? ''}`))
  }
  shell.print(PROMPT(0))
  return { shell, terminal }
}

test('each line waits for the prompt of the one before it', async () => {
  const { shell, terminal } = shellThat({ 'true\r': STARTS + PROMPT(0), 'false\r': STARTS + PROMPT(1) })
  expect(await typeScript(terminal, '#!/bin/bash\n# why\n\ntrue\nfalse\n', limits)).toEqual([0, 1])
  expect(shell.typed).toEqual(['true\r', 'false\r'])
})

test('comments and blank lines are typed where they are part of a command', async () => {
  const { shell, terminal } = shellThat({
    'cat <<X\r': MORE,
    '# text\r': MORE,
    '\r': MORE,
    'X\r': STARTS + PROMPT(0),
  })
  expect(await typeScript(terminal, 'cat <<X\n# text\n\nX\n# done', limits)).toEqual([0])
  expect(shell.typed).toEqual(['cat <<X\r', '# text\r', '\r', 'X\r'])
})

test('a program that talks is waited for by its words, and its keys are pressed', async () => {
  const { shell, terminal } = shellThat({
    'attach ready\r': `${STARTS}now read`,
    '\u0010\u0011': PROMPT(0),
    'ls\r': STARTS + PROMPT(0),
  })
  shell.onTyped = wrap(shell, (data) => {
    if (data === 'attach ready\r') setTimeout(() => shell.print('\u001b[1my\u001b[0m\r\n'), 20)
  })
  const script = 'attach ready\n#@ expect ready$\n#@ key ctrl-p ctrl-q\nls'
  expect(await typeScript(terminal, script, limits)).toEqual([0, 0])
})

function wrap(shell: FakeShell, also: (data: string) => void): (data: string) => void {
  const before = shell.onTyped
  return (data) => {
    before(data)
    also(data)
  }
}

test('one text is not taken for two', async () => {
  const { terminal } = shellThat({ 'x\r': `${STARTS}ok` })
  await expect(typeScript(terminal, 'x\n#@ expect ok\n#@ expect ok', limits)).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringContaining('line 3'),
  })
})

test('a line that hangs is named, with what the screen shows', async () => {
  const { terminal } = shellThat({ 'sleep 9\r': `${STARTS}waiting for nothing` })
  await expect(typeScript(terminal, '# wait\nsleep 9\nls', limits)).rejects.toMatchObject({
    code: 'engine-timeout',
    message: expect.stringMatching(
      /line 2, "sleep 9", did not come back within 0\.2 s.*waiting for nothing/s,
    ),
  })
})

test('a command without an end is an error of the script', async () => {
  const { terminal } = shellThat({ 'echo "a\r': MORE })
  await expect(typeScript(terminal, 'echo "a\n', limits)).rejects.toMatchObject({
    code: 'lab-invalid',
    message: expect.stringContaining('echo "a'),
  })
})

test('a tab is typed, not completed', async () => {
  const { shell, terminal } = shellThat({ '\u001b[200~a\tb\u001b[201~\r': STARTS + PROMPT(0) })
  await typeScript(terminal, 'a\tb', limits)
  expect(shell.typed).toHaveLength(1)
})

test('typing stops with its signal and with the shell', async () => {
  const one = shellThat({})
  const abort = new AbortController()
  const typing = typeScript(one.terminal, 'sleep 9', { limitMs: 60_000, signal: abort.signal })
  setImmediate(() => abort.abort())
  await expect(typing).rejects.toMatchObject({ code: 'cancelled' })

  const other = shellThat({})
  const exiting = typeScript(other.terminal, 'exit\nls', { limitMs: 60_000 })
  setImmediate(() => other.shell.exit(0))
  await expect(exiting).rejects.toMatchObject({ code: 'node-gone' })
})

test.each([
  ['echo hi\nhi\n', 'echo hi', '\nhi\n'],
  ['echo a very lo\nng line\nout', 'echo a very long line', '\nout'],
  ['echo h', 'echo hi', ''],
  ['secret prompt', 'hunter2', 'secret prompt'],
  ['anything', '', 'anything'],
])('behind the echo in %j of %j', (shown, typed, rest) => {
  expect(withoutEcho(shown, typed)).toBe(rest)
})

test('the limit of a line is stretched, and told as it is', async () => {
  setTimeFactor('settings', 4)
  const { terminal } = shellThat({ 'sleep 9\r': STARTS })
  const typing = typeScript(terminal, 'sleep 9', { limitMs: 50 })
  await expect(typing).rejects.toThrow('did not come back within 0.2 s')
  setTimeFactor('settings', null)
})
