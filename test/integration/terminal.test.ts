import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../engine/node'
import {
  endStrayShells,
  openHostTerminal,
  openTerminal,
  type Terminal,
  type TerminalFrame,
  typeScript,
} from '../../engine/terminal'
import { plainText } from '../../engine/terminal/escapes'
import { until } from '../../shared/system/wait'
import { type Bench, openBench } from './engine-fixture'

const size = { cols: 80, rows: 24 }
const limits = { limitMs: 10_000 }
/** The last number of the flood that a page must hold back. */
const LAST = 200_000
const LONG = 6_000_000

describe('a terminal in a node', () => {
  let bench: Bench
  let node: LabNode

  beforeAll(async () => {
    bench = await openBench()
    node = await bench.node('node1')
  })

  afterAll(async () => await bench?.remove())

  const inNode = async (command: string) => (await node.exec(['sh', '-c', command])).stdout.trim()

  /** Waits until a program writes no more, although it has not ended. */
  const untilBlocked = async (program: string) => {
    let before = ''
    const isBlocked = async () => {
      const now = await inNode(`grep wchar "/proc/$(pgrep -x ${program})/io"`)
      const isSame = now !== '' && now === before
      before = now
      return isSame
    }
    expect(await until(isBlocked, { limitMs: 10_000, everyMs: 50 })).toBe(true)
  }

  test('types as a student does: exit codes, loops, here-documents, tabs', async () => {
    const terminal = await openTerminal(node, size)
    const script = [
      '#!/bin/bash',
      'true',
      'sh -c "exit 3"',
      'for i in 1 2; do',
      '  echo $i >> /tmp/loop',
      '',
      'done',
      "cat > /tmp/here <<'X'",
      '# not a comment',
      '\ttab',
      'X',
      'echo "two',
      'lines"',
    ].join('\n')
    expect(await typeScript(terminal, script, limits)).toEqual([0, 3, 0, 0, 0])
    expect(await inNode('cat /tmp/loop')).toBe('1\n2')
    expect((await node.readFile('/tmp/here')).toString()).toBe('# not a comment\n\ttab\n')
    await terminal.close()
  })

  test('goes through programs that talk, by words and keys', async () => {
    const terminal = await openTerminal(node, size)
    const script = [
      'cat > /tmp/cat',
      '#@ key h i enter ctrl-d',
      'read -p "Name? " name',
      '#@ expect Name\\?',
      'Ada',
      'echo $name > /tmp/name',
      // The key must not arrive before the program runs.
      "sh -c 'echo it runs; exec sleep 600'",
      '#@ expect ^it runs',
      '#@ key ctrl-c',
      'echo over',
    ]
    expect(await typeScript(terminal, script.join('\n'), limits)).toEqual([0, 0, 0, 130, 0])
    expect(await inNode('cat /tmp/cat')).toBe('hi')
    expect(await inNode('cat /tmp/name')).toBe('Ada')
    await terminal.close()
  })

  test('a prompt that bash draws again for a new size is no new prompt', async () => {
    const terminal = await openTerminal(node, size)
    await typeScript(terminal, 'true', limits)
    let prompts = 0
    let text = ''
    terminal.onPrompt(() => prompts++)
    terminal.onText((more) => {
      text += more
    })
    await terminal.resize({ cols: 90, rows: 20 })
    expect(await until(() => text.includes('133;A'), { limitMs: 10_000, everyMs: 20 })).toBe(true)
    expect(prompts).toBe(0)
    terminal.write('cat <<X\r')
    expect(await until(() => text.includes('133;P'), { limitMs: 10_000, everyMs: 20 })).toBe(true)
    terminal.write('X\r')
    expect(await until(() => prompts, { limitMs: 10_000, everyMs: 20 })).toBe(1)
    await terminal.close()
  })

  test('names the line that hangs', async () => {
    const terminal = await openTerminal(node, size)
    await expect(
      typeScript(terminal, 'echo on the screen; sleep 600', { limitMs: 500 }),
    ).rejects.toMatchObject({
      code: 'engine-timeout',
      message: expect.stringMatching(/line 1, "echo on.*\non the screen/s),
    })
    await terminal.close()
  })

  test('has the size it was opened with from the start, and takes another', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const terminal = await openTerminal(node, { cols: 101, rows: 33 })
      await typeScript(terminal, 'stty size > /tmp/size', limits)
      expect(await inNode('cat /tmp/size')).toBe('33 101')
      await terminal.resize({ cols: 60, rows: 20 })
      await typeScript(terminal, 'stty size > /tmp/size', limits)
      expect(await inNode('cat /tmp/size')).toBe('20 60')
      await terminal.close()
    }
  })

  test('ends with the exit code of its shell', async () => {
    const terminal = await openTerminal(node, size)
    await typeScript(terminal, 'true', limits)
    terminal.write('exit 7\r')
    expect(await terminal.exited).toBe(7)
    await terminal.close()
  })

  test('a page that comes again gets the same shell with its scrollback', async () => {
    const terminal = await openTerminal(node, size)
    await typeScript(terminal, 'seq 1 200; printf "\\e[31mr\\u00e9d\\e[0m\\n"', limits)
    const snapshot = await firstFrame(terminal)
    expect(snapshot).toMatchObject({ kind: 'snapshot', ...size })
    expect(snapshot.kind === 'snapshot' && snapshot.data).toMatch(/\r\n150\r\n151\r\n/)
    expect(snapshot.kind === 'snapshot' && snapshot.data).toContain('\u001b[31mréd')
    await terminal.close()
  })

  test('closing it ends all that it started, even what does not want to', async () => {
    const terminal = await openTerminal(node, size)
    const script = [
      'sleep 4711 & sleep 4712 &',
      'nohup sleep 4713 > /dev/null 2>&1 &',
      'sh -c "trap : HUP TERM; sleep 4714; sleep 4715" &',
      'sleep 1 && sleep 4716 &',
    ]
    await typeScript(terminal, script.join('\n'), limits)
    const other = await openTerminal(node, size)
    await typeScript(other, 'sleep 4720 &', limits)
    await terminal.close()
    expect(await inNode('pgrep -fa "^sleep 471|HUP TER[M]"')).toBe('')
    expect(await inNode('pgrep -fa "^sleep 4720"')).not.toBe('')
    await endStrayShells(node)
    await other.exited
    expect(await inNode('pgrep -fa "^sleep 4720"; ls /run/capstan/terminals')).toBe('')
    await other.close()
  })

  test('a page that does not draw makes the shell wait, and of one long line nothing is lost', async () => {
    const terminal = await openTerminal(node, size)
    await typeScript(terminal, 'true', limits)
    let received = 0
    let unacknowledged = 0
    const attachment = terminal.attach((frame) => {
      if (frame.kind !== 'data') return
      received += frame.data.split('z').length - 1
      unacknowledged += frame.data.length
    })
    const draw = () => {
      // An acknowledgement may bring the next piece at once.
      const drawn = unacknowledged
      unacknowledged = 0
      attachment.acknowledge(drawn)
    }
    // This is more than the engine holds in its own buffers, so the program itself must wait.
    terminal.write(`head -c ${LONG} /dev/full | tr '\\0' '\\172'\r`)
    await expect.poll(() => unacknowledged).toBeGreaterThan(100_000)
    await untilBlocked('tr')
    expect(received).toBeLessThan(1_500_000)
    const drawing = setInterval(draw, 1)
    await expect.poll(() => received, { timeout: 20_000 }).toBe(LONG)
    clearInterval(drawing)
    await terminal.close()
  })

  test('a flood of lines does not wait for a page, which gets those that its screen keeps', async () => {
    const terminal = await openTerminal(node, size)
    await typeScript(terminal, 'true', limits)
    let received = ''
    const attachment = terminal.attach((frame) => {
      if (frame.kind === 'data') received += frame.data
    })
    await typeScript(terminal, `seq 1 ${LAST}`, limits)
    attachment.acknowledge(received.length)
    await expect.poll(() => received).toContain(`\n${LAST}\r\n`)
    const numbers = plainText(received)
      .split('\n')
      .filter((line) => /^\d+$/.test(line))
      .map(Number)
    expect(numbers.length).toBeLessThan(LAST)
    const kept = numbers.slice(-1_000)
    expect(kept).toEqual(kept.map((_number, index) => LAST - kept.length + 1 + index))
    await terminal.close()
  })

  test('ends when its node is killed', async () => {
    const terminal = await openTerminal(node, size)
    await typeScript(terminal, 'true', limits)
    await node.kill()
    await terminal.exited
    await terminal.close()
    await node.start()
  })
})

async function firstFrame(terminal: Terminal): Promise<TerminalFrame> {
  return await new Promise((resolve) => void terminal.attach(resolve))
}

const noPty = await import('node-pty').then(
  (pty) => (pty.spawn('/bin/true', [], {}) ? null : 'no terminal'),
  (error: Error) => `node-pty is not built here: ${error.message.split('\n')[0]}`,
)

describe('the host terminal', () => {
  // The reason stands in the title, where the summary of a run shows it.
  test.skipIf(noPty)(`is the shell of this computer${noPty ? `: ${noPty}` : ''}`, async () => {
    const terminal = await openHostTerminal(size)
    let seen = ''
    terminal.onText((text) => {
      seen += text
    })
    terminal.write('echo $((6*7))\r')
    await expect.poll(() => seen).toContain('42')
    await terminal.close()
    expect(terminal.exitCode).not.toBeNull()
  })
})
