/** Command items on the page: the node, the check, and the result. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AttemptView, CurrentItem, SetupState } from '../../../main/api'
import { attempt, currentItem, revealed } from '../../testing/exam-samples.test-kit'
import { type FakeHandlers, FakeHost, Feed, READY, refusal } from '../../testing/host.test-kit'
import { session, terminal } from '../../testing/lab-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { AttemptPage } from './attempt-page'

const COMMAND = currentItem({ kind: 'command', options: [], command: { sessionId: null } })

/** A practice whose host gives a node and takes it back. */
async function practise(
  current: CurrentItem,
  setup: SetupState['phase'] = 'ready',
  calls: FakeHandlers['calls'] = {},
) {
  const views = new Feed<AttemptView>(attempt({ mode: 'practice', limit: null, timeLeft: null, current }))
  const node = (sessionId: string | null) => {
    views.send({ ...views.value, current: { ...views.value.current, command: { sessionId } } })
    return views.value
  }
  const host = new FakeHost({
    calls: {
      'exam.takeNode': async () => node('s1'),
      'exam.leaveNode': async () => node(null),
      'exam.judge': async () => ({ ...node(null), kept: true }),
      'exam.reveal': async () => views.value,
      'terminal.open': async () => terminal(),
      ...calls,
    },
    streams: {
      'exam.watch': views.watch,
      'setup.watch': new Feed<SetupState>({ ...READY, phase: setup }).watch,
      'session.watch': new Feed(session({ id: 's1' })).watch,
      'terminal.watch': new Feed([]).watch,
    },
  })
  const screen = await show(<AttemptPage attemptId="a1" />, { host, at: '/exam/a1' })
  await expect.element(page.getByRole('toolbar', { name: 'Answer and continue' })).toBeVisible()
  return { ...screen, host, views }
}

const names = (host: FakeHost) =>
  host.calls.map(({ name }) => name).filter((name) => name.startsWith('exam.'))
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('a node is taken, and the checks look at it', async () => {
  const { host } = await practise(COMMAND)
  await expect.element(page.getByText('Type a command')).toBeVisible()
  await expect.element(button('Show answer')).toBeVisible()
  await button('Take a node').click()
  await expect.element(page.getByRole('region', { name: 'Terminals' })).toBeVisible()
  await button('Check answer').click()
  await expect.poll(() => names(host)).toEqual(['exam.takeNode', 'exam.judge'])
})

test('another node can be had in its place', async () => {
  const { host } = await practise(COMMAND)
  await button('Take a node').click()
  await button('Start over on a new node').click()
  await expect.poll(() => names(host)).toEqual(['exam.takeNode', 'exam.leaveNode', 'exam.takeNode'])
})

test('what went wrong with one node is not told of the next item', async () => {
  const { views } = await practise(COMMAND, 'ready', {
    'exam.takeNode': async () => Promise.reject(refusal('No node is left.')),
  })
  await button('Take a node').click()
  await expect.element(page.getByText('No node is left.')).toBeVisible()
  views.send({ ...views.value, current: { ...COMMAND, index: 1 } })
  await expect.element(page.getByText('No node is left.')).not.toBeInTheDocument()
})

test('while the node is worked on, Enter neither shows the answer nor checks it again', async () => {
  let finish = () => {}
  const work = () =>
    new Promise<AttemptView & { kept: boolean }>((resolve) => {
      finish = () => resolve({ ...views.value, kept: true })
    })
  const { host, views } = await practise(COMMAND, 'ready', { 'exam.takeNode': work, 'exam.judge': work })
  await button('Take a node').click()
  await expect.element(button('Take a node')).toBeDisabled()
  await userEvent.keyboard('{Enter}')
  finish()
  await expect.element(button('Take a node')).toBeEnabled()
  views.send({ ...views.value, current: { ...COMMAND, command: { sessionId: 's1' } } })
  await button('Check answer').click()
  await expect.element(page.getByText(/The checks look at your node/)).toBeVisible()
  await userEvent.keyboard('{Enter}')
  finish()
  await expect.element(page.getByText(/The checks look at your node/)).not.toBeInTheDocument()
  expect(names(host)).toEqual(['exam.takeNode', 'exam.judge'])
})

test('the checks of one node hide no other item', async () => {
  const { views } = await practise({ ...COMMAND, command: { sessionId: 's1' } }, 'ready', {
    'exam.judge': () => new Promise(() => {}),
  })
  await button('Check answer').click()
  await expect.element(page.getByText(/The checks look at your node/)).toBeVisible()
  views.send({ ...views.value, current: { ...COMMAND, index: 1 } })
  await expect.element(page.getByText(/The checks look at your node/)).not.toBeInTheDocument()
})

test('without an engine the item says so, and that it can be skipped', async () => {
  await practise(COMMAND, 'failed')
  await expect.element(page.getByText(/none is ready. You can skip the question/)).toBeVisible()
  await expect.element(button('Take a node')).toBeDisabled()
})

test('whoever goes to another page gives the node back', async () => {
  const { host, unmount } = await practise({ ...COMMAND, command: { sessionId: 's1' } })
  await expect.element(page.getByRole('region', { name: 'Terminals' })).toBeVisible()
  await unmount()
  await expect.poll(() => names(host)).toEqual(['exam.leaveNode'])
})

const over = (checks: NonNullable<ReturnType<typeof revealed>['command']>['checks']): CurrentItem => ({
  ...COMMAND,
  closed: true,
  revealed: revealed({
    kind: 'command',
    right: false,
    options: [],
    command: {
      checks,
      solution: 'docker volume prune -a',
      mistakes: [{ run: 'docker volume prune', why: 'It leaves volumes with names.' }],
    },
  }),
})

test('the result tells what each check found, the command, and what people type in its place', async () => {
  await practise(
    over([
      { name: 'It is gone', green: false, expected: '0', found: '1', explanation: 'There is one left.' },
      { name: 'db runs', green: true, expected: 'running', found: 'running', explanation: '' },
    ]),
  )
  await expect.element(page.getByRole('heading', { name: 'Not right' })).toBeVisible()
  const checks = page.getByRole('list', { name: 'What the checks found' })
  await expect
    .element(checks.getByRole('listitem').first())
    .toHaveTextContent(/It is gone.*There is one left/)
  expect(checks.getByRole('img', { name: 'green' }).elements()).toHaveLength(1)
  await expect
    .element(page.getByRole('region', { name: 'A command that does it' }))
    .toHaveTextContent('docker volume prune -a')
  await expect
    .element(page.getByRole('region', { name: 'What does not do it' }))
    .toHaveTextContent(/docker volume prune.*It leaves volumes with names/)
})

test('an item that was not tried is neither right nor wrong', async () => {
  await practise(over(null))
  await expect.element(page.getByRole('heading', { name: 'Not tried' })).toBeVisible()
  await expect.element(page.getByText('You did not try this question, so it does not count.')).toBeVisible()
})
