import { createRef } from 'react'
import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { SessionView, TerminalView } from '../../main/api'
import { FakeHost, Feed, refusal, SETTINGS } from '../testing/host.test-kit'
import { node, session, terminal } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { Terminals, type TerminalsHandle } from './terminals'

const TWO_NODES = session({ nodes: [node(), node({ name: 'node2' })] })

interface Start {
  readonly terminals?: readonly TerminalView[]
  readonly view?: SessionView
  readonly hostTerminal?: boolean
  /** Ids of the terminals in which a program runs. */
  readonly busy?: readonly string[]
  /** The host lists no terminal before the test does. */
  readonly isLate?: boolean
}

/** A host whose terminals are opened and closed as the page asks. */
async function bench({
  terminals = [],
  view = TWO_NODES,
  hostTerminal = false,
  busy = [],
  isLate = false,
}: Start = {}) {
  const list = new Feed<TerminalView[]>([...terminals])
  const ran: string[] = []
  const host = new FakeHost({
    calls: {
      'terminal.open': async ({ node: on }) => {
        const opened = terminal({ id: `new${list.value.length}`, node: on, title: on ?? 'this computer' })
        if (!isLate) list.send([...list.value, opened])
        return opened
      },
      'terminal.close': async ({ terminalId }) => {
        list.send(list.value.filter(({ id }) => id !== terminalId))
        return {}
      },
      'terminal.run': async ({ terminalId, code }) => {
        if (busy.includes(terminalId)) return { ran: false }
        ran.push(`${terminalId}: ${code}`)
        return { ran: true }
      },
      'preview.open': async ({ node: on, port }) => {
        if (port === 1) throw refusal('Nothing listens there.')
        return { node: on, port, url: `http://127.0.0.1:9/${on}/${port}` }
      },
      'terminal.renew': async ({ terminalId }) => {
        list.send(list.value.map((one) => (one.id === terminalId ? { ...one, exitCode: null } : one)))
        return {}
      },
      'session.switchNode': async () => view,
    },
    streams: {
      'terminal.watch': list.watch,
      'terminal.output': (_input, emit) => {
        emit({ kind: 'snapshot', data: '', cols: 80, rows: 24 })
        return () => undefined
      },
    },
  })
  host.settings = { ...SETTINGS, hostTerminal }
  const ref = createRef<TerminalsHandle>()
  const screen = await show(<Terminals session={view} ref={ref} />, { host })
  await expect.element(page.getByRole('region', { name: 'Terminals' })).toBeVisible()
  return { ...screen, list, ran, handle: () => ref.current }
}

afterEach(() => localStorage.clear())

const tab = (name: string | RegExp) => page.getByRole('tab', { name })
const titles = () =>
  page
    .getByRole('tab')
    .elements()
    .map((one) => one.textContent)
const screenOf = (name: string) => page.getByRole('region', { name: `Terminal ${name}`, exact: true })

test('a session without terminals gets one on each node, once, and the first is shown', async () => {
  const { host, list } = await bench()
  await expect.poll(titles).toEqual(['node1', 'node2'])
  await expect.element(tab('node1')).toHaveAttribute('aria-selected', 'true')
  list.send([])
  await expect.element(page.getByRole('button', { name: 'Open a terminal' })).toBeVisible()
  expect(host.inputsOf('terminal.open')).toHaveLength(2)
})

test('no terminal is offered while the first ones are not listed yet', async () => {
  const { host, list } = await bench({ isLate: true })
  const pane = page.getByRole('region', { name: 'Terminals' })
  await expect.poll(() => host.inputsOf('terminal.open')).toHaveLength(2)
  list.send([])
  await expect.element(pane).toHaveAttribute('aria-busy', 'true')
  expect(page.getByRole('button', { name: 'Open a terminal' }).elements()).toEqual([])
  list.send([terminal()])
  await expect.element(tab('node1')).toBeVisible()
  await expect.element(pane).toHaveAttribute('aria-busy', 'false')
})

test('a session that has terminals gets no more', async () => {
  const { host } = await bench({ terminals: [terminal()] })
  await expect.poll(titles).toEqual(['node1'])
  expect(host.inputsOf('terminal.open')).toEqual([])
})

test('terminals of one node stand side by side with numbers, and an ended one offers a new shell', async () => {
  const other = terminal({ id: 't3', node: 'node2', title: 'node2' })
  const { host } = await bench({ terminals: [terminal(), other, terminal({ id: 't2', exitCode: 3 })] })
  await expect.poll(titles).toEqual(['node1 1', 'node1 2 ended (3)', 'node2'])
  await tab(/node1 2/).click()
  await expect.element(page.getByText('[the shell has ended with exit code 3]')).toBeVisible()
  await page.getByRole('button', { name: 'New shell' }).click()
  await expect.poll(titles).toEqual(['node1 1', 'node1 2', 'node2'])
  expect(host.inputsOf('terminal.renew')).toEqual([{ terminalId: 't2' }])
})

test('the terminal of a node that was stopped stays, says so, and starts the node', async () => {
  const view = session({ nodes: [node(), node({ name: 'node2', state: 'stopped' })] })
  const ended = terminal({ id: 't2', node: 'node2', title: 'node2', exitCode: 137 })
  const { host } = await bench({ terminals: [terminal(), ended], view })
  await expect.poll(titles).toEqual(['node1', 'node2 stopped'])
  await tab(/node2/).click()
  await expect.element(page.getByText('[node2 is off]')).toBeVisible()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect
    .poll(() => host.inputsOf('session.switchNode'))
    .toEqual([{ sessionId: 's1', node: 'node2', action: 'start' }])
})

test('where every node is stopped, no terminal is offered, but their start', async () => {
  const { host } = await bench({ view: session({ nodes: [node({ state: 'stopped' })] }) })
  await expect.element(page.getByText('node1 is off')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'New terminal' })).toBeDisabled()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect.poll(() => host.inputsOf('session.switchNode')).toHaveLength(1)
  expect(host.inputsOf('terminal.open')).toEqual([])
})

test('a node that comes while the session runs gets a terminal', async () => {
  const { host, rerender } = await bench({ view: session() })
  await expect.poll(titles).toEqual(['node1'])
  await rerender(<Terminals session={TWO_NODES} ref={null} />)
  await expect.poll(titles).toEqual(['node1', 'node2'])
  expect(host.inputsOf('terminal.open')).toHaveLength(2)
})

test('a terminal gets another name, and a reload keeps it', async () => {
  const { unmount } = await bench({ terminals: [terminal()] })
  await tab('node1').dblClick()
  await page.getByRole('textbox', { name: 'New name of node1' }).fill('logs')
  await userEvent.keyboard('{Enter}')
  await expect.poll(titles).toEqual(['logs'])
  await unmount()
  await bench({ terminals: [terminal()] })
  await expect.poll(titles).toEqual(['logs'])
  await expect.element(screenOf('logs')).toBeVisible()
})

test('a reload shows the same tab, and the previews with their pages', async () => {
  const { handle, unmount } = await bench({ terminals: [terminal()] })
  handle()?.preview('node1', 8080)
  const path = page.getByRole('textbox', { name: 'Path on node1:8080' })
  await path.fill('health')
  await userEvent.keyboard('{Enter}')
  await expect
    .element(page.getByTitle('Port 8080 of node1'))
    .toHaveAttribute('src', 'http://127.0.0.1:9/node1/8080?to=%2Fhealth')
  await unmount()
  await bench({ terminals: [terminal()] })
  await expect.element(tab('node1:8080')).toHaveAttribute('aria-selected', 'true')
  await expect.element(path).toHaveValue('/health')
})

test('a click on a tab shows its terminal and gives it the focus', async () => {
  await bench({ terminals: [terminal(), terminal({ id: 't2', node: 'node2', title: 'node2' })] })
  await tab('node2').click()
  await expect.element(screenOf('node2')).toBeVisible()
  await expect.element(screenOf('node1')).not.toBeInTheDocument()
  await expect
    .poll(() => document.activeElement?.closest('section')?.getAttribute('aria-label'))
    .toBe('Terminal node2')
})

test('with arrow keys the focus stays on the tabs until Enter', async () => {
  await bench({ terminals: [terminal(), terminal({ id: 't2', node: 'node2', title: 'node2' })] })
  await expect.element(tab('node1')).toBeVisible()
  const first = tab('node1').element()
  if (first instanceof HTMLElement) first.focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(tab('node2')).toHaveFocus()
  await expect.element(screenOf('node1')).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect
    .poll(() => document.activeElement?.closest('section')?.getAttribute('aria-label'))
    .toBe('Terminal node2')
})

test('a new terminal is opened on the node that the menu names, and shown', async () => {
  const { host } = await bench({ terminals: [terminal()] })
  await page.getByRole('button', { name: 'New terminal' }).click()
  await page.getByRole('menuitem', { name: 'node2' }).click()
  await expect.element(tab('node2')).toHaveAttribute('aria-selected', 'true')
  expect(host.inputsOf('terminal.open')).toMatchObject([{ sessionId: 's1', node: 'node2' }])
})

test('with one node there is no menu', async () => {
  await bench({ terminals: [terminal()], view: session() })
  await page.getByRole('button', { name: 'New terminal' }).click()
  await expect.poll(titles).toEqual(['node1 1', 'node1 2'])
})

test('this computer is offered when the settings allow it', async () => {
  const { host } = await bench({ terminals: [terminal()], view: session(), hostTerminal: true })
  await page.getByRole('button', { name: 'New terminal' }).click()
  await page.getByRole('menuitem', { name: 'this computer' }).click()
  await expect.poll(() => host.inputsOf('terminal.open')).toMatchObject([{ node: null }])
})

test('a terminal is closed with its button, and by keyboard', async () => {
  const { host } = await bench({
    terminals: [terminal(), terminal({ id: 't2', node: 'node2', title: 'node2' })],
  })
  await page.getByRole('button', { name: 'Close terminal node1' }).click()
  await expect.poll(titles).toEqual(['node2'])
  const last = tab('node2').element()
  if (last instanceof HTMLElement) last.focus()
  await userEvent.keyboard('{Delete}')
  await expect.element(page.getByRole('button', { name: 'Open a terminal' })).toBeVisible()
  expect(host.inputsOf('terminal.close')).toEqual([{ terminalId: 't1' }, { terminalId: 't2' }])
})

test('code without a node is typed on the first node, whichever terminal is shown, and gets the focus', async () => {
  const { handle, ran } = await bench({
    terminals: [terminal(), terminal({ id: 't2', node: 'node2', title: 'node2' })],
  })
  await tab('node2').click()
  handle()?.run('docker ps', null)
  await expect.poll(() => ran).toEqual(['t1: docker ps'])
  await expect.element(tab('node1')).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => screenOf('node1').element().contains(document.activeElement)).toBe(true)
})

test('code for a node is typed into a terminal of that node, which is shown', async () => {
  const { handle, ran } = await bench({
    terminals: [terminal(), terminal({ id: 't2', node: 'node2', title: 'node2' })],
  })
  handle()?.run('hostname', 'node2')
  await expect.poll(() => ran).toEqual(['t2: hostname'])
  await expect.element(tab('node2')).toHaveAttribute('aria-selected', 'true')
})

test('where no terminal runs, a new one is opened for the code', async () => {
  const { handle, ran } = await bench({ terminals: [terminal({ exitCode: 0 })] })
  handle()?.run('hostname', 'node2')
  await expect.poll(() => ran).toEqual(['new1: hostname'])
})

test('code goes to another terminal of the node when a program runs in the first', async () => {
  const { handle, ran, list } = await bench({ terminals: [terminal(), terminal({ id: 't3' })], busy: ['t1'] })
  handle()?.run('hostname', 'node1')
  await expect.poll(() => ran).toEqual(['t3: hostname'])
  expect(list.value).toHaveLength(2)
})

test('when a program runs in every terminal of the node, a second one is opened only after a question', async () => {
  const { handle, ran, list } = await bench({ terminals: [terminal()], busy: ['t1'] })
  handle()?.run('hostname', 'node1')
  const question = page.getByRole('dialog', { name: 'node1 is busy' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(question).not.toBeInTheDocument()
  expect([ran, list.value.length]).toEqual([[], 1])
  handle()?.run('hostname', 'node1')
  await question.getByRole('button', { name: 'Open a second terminal' }).click()
  await expect.poll(() => ran).toEqual(['new1: hostname'])
})

test('a port of a node is shown in a tab of its own, once, and can be closed', async () => {
  const { handle } = await bench({ terminals: [terminal()] })
  handle()?.preview('node1', 8080)
  await expect.element(tab('node1:8080')).toHaveAttribute('aria-selected', 'true')
  await expect.element(page.getByTitle('Port 8080 of node1')).toBeVisible()
  handle()?.preview('node1', 8080)
  await expect.poll(titles).toEqual(['node1', 'node1:8080'])
  await page.getByRole('button', { name: 'Close preview of node1:8080' }).click()
  await expect.poll(titles).toEqual(['node1'])
  await expect.element(tab('node1')).toHaveAttribute('aria-selected', 'true')
})

test('when the last terminal is closed, a preview that is left is shown', async () => {
  const { handle } = await bench({ terminals: [terminal()] })
  handle()?.preview('node1', 8080)
  await tab('node1').first().click()
  await page.getByRole('button', { name: 'Close terminal node1' }).click()
  await expect.element(tab('node1:8080')).toHaveAttribute('aria-selected', 'true')
})

test('a port that cannot be opened is a problem that can be dismissed', async () => {
  const { handle } = await bench({ terminals: [terminal()] })
  handle()?.preview('node1', 1)
  await expect.element(page.getByRole('alert')).toHaveTextContent('Nothing listens there.')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('keys in a terminal choose another tab, and the shell does not get them', async () => {
  const { host } = await bench({
    terminals: [terminal(), terminal({ id: 't2', node: 'node2', title: 'node2' })],
  })
  const shown = () => document.activeElement?.closest('section')?.getAttribute('aria-label')
  await expect.poll(shown).toBe('Terminal node1')
  await userEvent.keyboard('{Alt>}2{/Alt}')
  await expect.poll(shown).toBe('Terminal node2')
  await userEvent.keyboard('{Control>}{PageDown}{/Control}')
  await expect.poll(shown).toBe('Terminal node1')
  await userEvent.keyboard('{Control>}{PageUp}{/Control}')
  await expect.poll(shown).toBe('Terminal node2')
  expect(host.inputsOf('terminal.write')).toEqual([])
})

test('all nodes are shown at once, each can be used, and one at a time again', async () => {
  await bench({ terminals: [terminal(), terminal({ id: 't2', node: 'node2', title: 'node2' })] })
  await expect.element(screenOf('node1')).toBeVisible()
  const layout = async (choice: string) => {
    await page.getByRole('button', { name: 'Layout of the terminals' }).click()
    await page.getByRole('menuitem', { name: choice }).click()
  }
  await layout('All nodes at once')
  await expect.element(screenOf('node1')).toBeVisible()
  await expect.element(screenOf('node2')).toBeVisible()
  await screenOf('node2').click()
  await expect.element(tab('node2')).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{F6}')
  await expect.element(tab('node1')).toHaveAttribute('aria-selected', 'true')
  const width = () => screenOf('node1').element().getBoundingClientRect().width
  const before = width()
  const border = page.getByRole('separator', { name: 'Width of the terminals beside' }).element()
  if (border instanceof HTMLElement) border.focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.poll(width).toBeGreaterThan(before)
  await layout('One at a time')
  await expect.element(screenOf('node2')).not.toBeInTheDocument()
})

test('a split shows the next tab beside, or opens a terminal, and a reload keeps it', async () => {
  const { host, unmount } = await bench({ terminals: [terminal()], view: session() })
  await expect.element(screenOf('node1')).toBeVisible()
  await page.getByRole('button', { name: 'Layout of the terminals' }).click()
  await page.getByRole('menuitem', { name: 'Split right' }).click()
  await expect.element(screenOf('node1 1')).toBeVisible()
  await expect.element(screenOf('node1 2')).toBeVisible()
  expect(host.inputsOf('terminal.open')).toHaveLength(1)
  await unmount()
  await bench({ terminals: [terminal(), terminal({ id: 'new1' })], view: session() })
  await expect.element(screenOf('node1 1')).toBeVisible()
  await expect.element(screenOf('node1 2')).toBeVisible()
  await page.getByRole('button', { name: 'Close terminal node1 2' }).click()
  await expect.element(screenOf('node1')).toBeVisible()
  await expect.element(page.getByRole('separator')).not.toBeInTheDocument()
})

test('a preview does not hide the terminal that was there', async () => {
  const { handle } = await bench({ terminals: [terminal()] })
  await expect.element(screenOf('node1')).toBeVisible()
  handle()?.preview('node1', 8080)
  await expect.element(page.getByTitle('Port 8080 of node1')).toBeVisible()
  await expect.element(screenOf('node1')).toBeVisible()
  await page.getByRole('button', { name: 'Hide node1:8080' }).click()
  await expect.element(page.getByTitle('Port 8080 of node1')).not.toBeVisible()
  await expect.poll(titles).toEqual(['node1', 'node1:8080'])
})
