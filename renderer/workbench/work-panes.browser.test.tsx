import { createRef } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { SessionView, TerminalView } from '../../main/api'
import { FakeHost, Feed } from '../testing/host.test-kit'
import { session, terminal } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import type { TerminalsHandle } from './terminals'
import { WorkPanes } from './work-panes'

async function panes(first: SessionView | null, terminals: TerminalView[] = []) {
  const list = new Feed(terminals)
  const host = new FakeHost({
    calls: {
      'terminal.open': async () => {
        const opened = terminal({ id: `new${list.value.length}` })
        list.send([...list.value, opened])
        return opened
      },
    },
    streams: { 'terminal.watch': list.watch, 'terminal.output': () => () => undefined },
  })
  const ref = createRef<TerminalsHandle>()
  const element = (view: SessionView | null) => (
    <WorkPanes
      session={view}
      terminals={ref}
      text={
        <section data-pane="instructions">
          <h2 tabIndex={-1} data-pane-focus>
            Instructions
          </h2>
        </section>
      }
      {...(view === null && { instead: <p>No nodes yet</p> })}
    />
  )
  const screen = await show(element(first), { host })
  return { ...screen, list, change: (view: SessionView | null) => screen.rerender(element(view)) }
}

const tabs = () => page.getByRole('tab').elements()

test('without a session its place is taken by something else', async () => {
  await panes(null)
  await expect.element(page.getByText('No nodes yet')).toBeVisible()
})

test.each([
  ['Starting node1', 'Starting node1…'],
  [null, 'One moment…'],
])('while nodes start, the activity %j is shown', async (activity, words) => {
  await panes(session({ state: 'starting', activity }))
  await expect.element(page.getByRole('status')).toHaveTextContent(words)
})

test('terminals are there when the session runs', async () => {
  const { change } = await panes(session({ state: 'starting' }))
  await change(session())
  await expect.poll(tabs).toHaveLength(1)
})

test('new nodes get new terminals, also when the page saw nothing of the reset', async () => {
  const { change, list, host } = await panes(session(), [terminal()])
  await expect.poll(tabs).toHaveLength(1)
  list.send([])
  await expect.poll(tabs).toEqual([])
  expect(host.inputsOf('terminal.open')).toEqual([])
  await change(session({ startedAt: '2026-03-01T12:00:00Z' }))
  await expect.poll(tabs).toHaveLength(1)
})

test('F6 goes through the panes in a circle, Shift+F6 backwards', async () => {
  await panes(session(), [terminal()])
  const pane = () => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')
  await expect.poll(pane).toBe('terminal')
  await userEvent.keyboard('{F6}')
  expect(pane()).toBe('instructions')
  await userEvent.keyboard('{F6}')
  expect(pane()).toBe('terminal')
  await userEvent.keyboard('{Shift>}{F6}{/Shift}')
  expect(pane()).toBe('instructions')
})

test('Ctrl with plus, minus and 0 changes the size of the text, and the settings keep it', async () => {
  const { host } = await panes(session(), [terminal()])
  await expect
    .poll(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'))
    .toBe('terminal')
  await userEvent.keyboard('{Control>}={/Control}')
  await expect.poll(() => host.settings.terminal.fontSize).toBe(14)
  await userEvent.keyboard('{Control>}--{/Control}')
  await expect.poll(() => host.settings.terminal.fontSize).toBe(12)
  await userEvent.keyboard('{Control>}0{/Control}')
  await expect.poll(() => host.settings.terminal.fontSize).toBe(14)
  expect(host.inputsOf('terminal.write')).toEqual([])
})
