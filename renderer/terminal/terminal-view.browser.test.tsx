import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { TerminalFrame } from '../../main/api'
import {
  everyCsi,
  everyDcs,
  everyOsc,
  randomCsi,
  withoutHarmlessAnswers,
} from '../../shared/screen/every-sequence.test-kit'
import { FakeHost, Feed, SETTINGS } from '../testing/host.test-kit'
import { show } from '../testing/show.test-kit'
import { TerminalSearch } from './terminal-search'
import { TerminalView } from './terminal-view'

async function terminal() {
  const output = new Feed<TerminalFrame>({ kind: 'snapshot', data: 'root@node1:~# ', cols: 80, rows: 24 })
  const typed: string[] = []
  const left: boolean[] = []
  const host = new FakeHost({
    calls: {
      'terminal.write': async ({ data }) => {
        typed.push(data)
        return {}
      },
    },
    streams: { 'terminal.output': output.watch },
  })
  const view = (isActive: boolean) => (
    <TerminalView
      terminalId="t1"
      title="node1"
      isActive={isActive}
      onLeave={(backwards) => left.push(backwards)}
    />
  )
  const screen = await show(view(true), { host })
  await expect.element(page.getByRole('region', { name: 'Terminal node1' })).toBeVisible()
  return { ...screen, output, typed, left, setActive: (is: boolean) => screen.rerender(view(is)) }
}

const hasFocus = () => document.activeElement?.classList.contains('xterm-helper-textarea')

test('the active terminal has the focus, and what is typed goes to the host', async () => {
  const { typed } = await terminal()
  await expect.poll(hasFocus).toBe(true)
  await userEvent.keyboard('ls{Enter}')
  await expect.poll(() => typed.join('')).toBe('ls\r')
})

test('the host learns the size of the terminal', async () => {
  const { host } = await terminal()
  await expect
    .poll(() => host.inputsOf('terminal.resize').at(-1))
    .toMatchObject({ terminalId: 't1', cols: expect.any(Number), rows: expect.any(Number) })
})

test('a hidden terminal gives up its place, and has the focus again when it is shown', async () => {
  const { setActive } = await terminal()
  await setActive(false)
  await expect.element(page.getByTestId('terminal')).not.toBeVisible()
  await setActive(true)
  await expect.poll(hasFocus).toBe(true)
})

test('F6 leaves the terminal, Shift+F6 backwards, and the shell gets neither', async () => {
  const { left, typed } = await terminal()
  await expect.poll(hasFocus).toBe(true)
  await userEvent.keyboard('{F6}')
  await userEvent.keyboard('{Shift>}{F6}{/Shift}')
  expect(left).toEqual([false, true])
  expect(typed).toEqual([])
})

test('Ctrl+Shift+F opens the search, and Escape gives the focus back', async () => {
  const { typed } = await terminal()
  await expect.poll(hasFocus).toBe(true)
  await userEvent.keyboard('{Control>}{Shift>}F{/Shift}{/Control}')
  await expect.element(page.getByRole('textbox', { name: 'Search the terminal' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.poll(hasFocus).toBe(true)
  expect(typed).toEqual([])
})

test('a larger font makes fewer columns', async () => {
  const small = await terminal()
  const cols = async (host: FakeHost) => {
    await expect.poll(() => host.inputsOf('terminal.resize').length).toBeGreaterThan(0)
    const last = host.inputsOf('terminal.resize').at(-1)
    return last !== null && typeof last === 'object' && 'cols' in last ? Number(last.cols) : 0
  }
  const before = await cols(small.host)
  await small.unmount()
  const host = new FakeHost({ streams: { 'terminal.output': small.output.watch } })
  host.settings = { ...SETTINGS, terminal: { ...SETTINGS.terminal, fontSize: 26 } }
  await show(<TerminalView terminalId="t1" title="node1" isActive onLeave={() => undefined} />, { host })
  expect(await cols(host)).toBeLessThan(before)
})

test('for a screen reader the text is in the page, and what is printed is read out', async () => {
  const { container, host, output, unmount } = await terminal()
  expect(container.querySelector('.xterm-accessibility')).toBeNull()
  await unmount()
  const other = new FakeHost({ streams: { 'terminal.output': output.watch } })
  other.settings = { ...host.settings, terminal: { ...SETTINGS.terminal, screenReader: true } }
  const view = <TerminalView terminalId="t1" title="node1" isActive onLeave={() => undefined} />
  const shown = await show(view, { host: other })
  await expect
    .poll(() => shown.container.querySelector('.xterm-accessibility-tree')?.textContent)
    .toContain('root@node1:~#')
  expect(shown.container.querySelector('.xterm-screen canvas.xterm-link-layer ~ canvas')).toBeNull()
})

test('the search looks while one types, and goes both ways', async () => {
  const asked: string[] = []
  let isClosed = false
  const search = {
    findNext: (text: string, options?: { incremental?: boolean }) => {
      asked.push(`${options?.incremental ? 'typing' : 'next'} ${text}`)
      return true
    },
    findPrevious: (text: string) => {
      asked.push(`previous ${text}`)
      return true
    },
  }
  await show(
    <TerminalSearch
      search={search}
      onClose={() => {
        isClosed = true
      }}
    />,
  )
  const field = page.getByRole('textbox', { name: 'Search the terminal' })
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('ab{Enter}{Shift>}{Enter}{/Shift}')
  await page.getByRole('button', { name: 'Previous match' }).click()
  await page.getByRole('button', { name: 'Next match' }).click()
  expect(asked).toEqual(['typing a', 'typing ab', 'next ab', 'previous ab', 'previous ab', 'next ab'])
  await page.getByRole('button', { name: 'Close search' }).click()
  expect(isClosed).toBe(true)
})

/** A clipboard that counts who looks at it. The real one needs a permission that a test cannot give. */
function watchedClipboard() {
  const readText = vi.spyOn(navigator.clipboard, 'readText').mockResolvedValue('hunter2')
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  onTestFinished(() => {
    readText.mockRestore()
    writeText.mockRestore()
  })
  return { readText, writeText }
}

const copy = (text: string) => `\u001b]52;c;${btoa(text)}\u0007`

const SEED = Math.floor(Math.random() * 2 ** 32)

test.each([
  ['OSC', everyOsc],
  ['CSI', () => everyCsi()],
  ['DCS', everyDcs],
  [`CSI with random numbers (seed ${SEED})`, () => randomCsi(SEED)],
])(
  'no %s gets more than a harmless answer, and none touches the clipboard',
  { timeout: 60_000 },
  async (_, sequences) => {
    const clipboard = watchedClipboard()
    const { output, typed } = await terminal()
    for (const sequence of sequences()) output.send({ kind: 'data', data: sequence })
    output.send({ kind: 'data', data: '\u001b[!p\u001b[5n' })
    await expect.poll(() => typed.join(''), { timeout: 30_000 }).toMatch(/\[0n$/)
    expect(withoutHarmlessAnswers(typed.join(''))).toBe('')
    expect(clipboard.readText).not.toHaveBeenCalled()
    expect(clipboard.writeText).not.toHaveBeenCalled()
  },
)

test('a program may offer a text for the clipboard, and it is copied when the student says so', async () => {
  const clipboard = watchedClipboard()
  const { output } = await terminal()
  output.send({ kind: 'data', data: copy('rm -rf ~\n') })
  const request = page.getByRole('alert', { name: 'A program in node1 asks' })
  await expect
    .element(request)
    .toHaveTextContent('A program in node1 wants to put 9 characters on your clipboard: rm -rf ~\\u000a')
  expect(clipboard.writeText).not.toHaveBeenCalled()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.element(request).not.toBeInTheDocument()
  expect(clipboard.writeText).not.toHaveBeenCalled()
  output.send({ kind: 'data', data: copy('docker ps') })
  await page.getByRole('button', { name: 'Copy' }).click()
  expect(clipboard.writeText).toHaveBeenCalledExactlyOnceWith('docker ps')
  await expect.poll(hasFocus).toBe(true)
})

/** A terminal in which one can follow links whose text says nothing of their target. */
async function terminalOfLinks() {
  const open = vi.spyOn(window, 'open').mockReturnValue(null)
  onTestFinished(() => open.mockRestore())
  const shown = await terminal()
  const { container, output, typed } = shown
  const cells = container.querySelector('.xterm-screen') ?? expect.fail()
  const follow = async (target: string) => {
    const link = `\u001b]8;;${target}\u0007Read the documentation.\u001b]8;;\u0007`
    typed.length = 0
    output.send({ kind: 'data', data: `\u001b[2J\u001b[H${link}\u001b[5n` })
    await expect.poll(() => typed.join('')).toMatch(/\[0n$/)
    // Only a pointer that moves finds a link.
    await userEvent.hover(cells, { position: { x: 300, y: 300 } })
    await userEvent.click(cells, { position: { x: 20, y: 8 } })
  }
  return { ...shown, open, follow, request: page.getByRole('alert', { name: 'A program in node1 asks' }) }
}

test('a link of a program says where it leads, and opens when the student says so', {
  timeout: 60_000,
}, async () => {
  const { open, follow, request } = await terminalOfLinks()
  for (const [target, real] of [
    ['http://evil.example/docs.docker.com', 'http://evil.example/docs.docker.com'],
    ['https://\u0501ocs.docker.com', 'https://xn--ocs-10d.docker.com/'],
  ] as const) {
    open.mockClear()
    await follow(target)
    await expect.element(request).toHaveTextContent(`A link in node1 leads to: ${real}`)
    expect(open).not.toHaveBeenCalled()
    await page.getByRole('button', { name: 'Open' }).click()
    expect(open).toHaveBeenCalledExactlyOnceWith(real, '_blank', 'noopener')
    await expect.element(request).not.toBeInTheDocument()
  }
  open.mockClear()
  await follow('https://evil.example')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.element(request).not.toBeInTheDocument()
  expect(open).not.toHaveBeenCalled()
})

test('a link that leads to anything but a web page neither opens nor asks', {
  timeout: 60_000,
}, async () => {
  const { open, follow, request, typed } = await terminalOfLinks()
  for (const target of [
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://docs.docker.com',
    'file:///etc/passwd',
    'data:text/html,<script>alert(1)</script>',
    'vscode://open',
    '//docs.docker.com/',
  ]) {
    await follow(target)
    // What the click has caused is on the page before the next key.
    await userEvent.keyboard('x')
    await expect.poll(() => typed.join('')).toMatch(/x$/)
    expect(request.query(), target).toBeNull()
  }
  // The same click opens a link that may be opened.
  await follow('https://docs.docker.com')
  await expect.element(request).toBeVisible()
  expect(open).not.toHaveBeenCalled()
})
