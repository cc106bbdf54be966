import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Notice, SetupLine, SetupState } from '../../main/api'
import { SetupPage } from '../features/setup'
import { HandClock } from '../testing/clock.test-kit'
import { blueprint } from '../testing/exam-samples.test-kit'
import { FakeHost, Feed, READY } from '../testing/host.test-kit'
import { labSummary, session } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { App } from './app'
import { Notices } from './notices'

beforeEach(() => {
  window.location.hash = '#/'
})

function setup(part: Partial<SetupState> = {}): SetupState {
  return { ...READY, phase: 'running', ...part }
}

async function app(first: SetupState = setup({ phase: 'ready' })) {
  const setups = new Feed(first)
  const clock = new HandClock()
  const host = new FakeHost({
    calls: {
      'exam.blueprint': async () => blueprint(),
      'exam.list': async () => [],
      'setup.retry': async () => ({}),
      'session.start': async () => session(),
    },
    streams: { 'setup.watch': setups.watch, 'lab.watch': new Feed([labSummary()]).watch },
  })
  const screen = await show(<App />, { host, clock })
  await expect.element(page.getByRole('banner')).toBeVisible()
  return { ...screen, setups, clock }
}

const title = () => expect.element(page.getByRole('heading', { level: 1 }))
const link = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name })

test('the header leads to the pages, and says where one is', async () => {
  await app()
  await title().toHaveTextContent('Home')
  await expect.element(link('Home')).toHaveAttribute('aria-current', 'page')
  await link('Labs').click()
  await title().toHaveTextContent('Labs')
  await expect.element(link('Labs')).toHaveAttribute('aria-current', 'page')
  await link('Exam').click()
  await title().toHaveTextContent('Mock exam')
  await expect.element(link('Exam')).toHaveAttribute('aria-current', 'page')
  await expect.element(link('Home')).not.toHaveAttribute('aria-current')
})

test('an address without a page says so', async () => {
  window.location.hash = '#/nowhere'
  await app()
  await title().toHaveTextContent('There is no such page')
  await expect.element(page.getByText('/nowhere')).toBeVisible()
  expect(document.title).toBe('There is no such page · Capstan')
})

test('words that the list of labs does not have are looked for everywhere', async () => {
  window.location.hash = '#/labs'
  await app()
  await page.getByRole('searchbox', { name: 'Search labs' }).fill('raft')
  await page.getByRole('button', { name: /“raft”/ }).click()
  await expect.element(page.getByRole('searchbox', { name: 'Search for' })).toHaveValue('raft')
})

test('? shows the keys, except where text is typed', async () => {
  window.location.hash = '#/labs'
  await app()
  await page.getByRole('searchbox').fill('')
  await userEvent.keyboard('?')
  expect(page.getByRole('dialog').elements()).toEqual([])
  await page.getByRole('heading', { level: 1 }).click()
  await userEvent.keyboard('?')
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
})

test('the keys of the page come first, and the dialog has a button that closes it', async () => {
  await app()
  await page.getByRole('heading', { level: 1 }).click()
  await userEvent.keyboard('?')
  await expect.element(page.getByText('search everything, also while you type')).toBeVisible()
  await expect.element(page.getByText('choose an option, or take it back')).not.toBeVisible()
  await page.getByText('Keys of other pages').click()
  await expect.element(page.getByText('choose an option, or take it back')).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

/** Begins the tour in the list of keys. */
async function tourFromKeys() {
  await app()
  await page.getByRole('heading', { level: 1 }).click()
  await userEvent.keyboard('?')
  await page.getByRole('dialog').getByRole('button', { name: 'Take the tour' }).click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  const tour = page.getByRole('region', { name: 'Tour' })
  await expect.element(tour.getByRole('heading')).toHaveFocus()
  return tour
}

test('the tour begins from the keys, with the focus on its words', async () => {
  const tour = await tourFromKeys()
  expect(window.location.hash).toBe('#/labs/container-life')
  await tour.getByRole('button', { name: 'Skip the tour' }).click()
  await expect.element(tour).not.toBeInTheDocument()
})

test('Escape ends the tour wherever the focus is', async () => {
  const tour = await tourFromKeys()
  await page.getByRole('link', { name: 'Labs', exact: true }).element().focus()
  await userEvent.keyboard('{Escape}')
  await expect.element(tour).not.toBeInTheDocument()
})

test('the theme changes in the header', async () => {
  const { host } = await app()
  await page.getByRole('button', { name: 'Use the light theme' }).click()
  await expect.poll(() => document.documentElement.dataset.theme).toBe('light')
  await page.getByRole('button', { name: 'Use the dark theme' }).click()
  await expect.poll(() => document.documentElement.dataset.theme).toBe('dark')
  expect(host.inputsOf('settings.set')).toEqual([{ theme: 'light' }, { theme: 'dark' }])
})

test('F1 shows the keys while text is typed', async () => {
  window.location.hash = '#/labs'
  await app()
  await page.getByRole('searchbox').fill('some text')
  await userEvent.keyboard('{F1}')
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
})

test('the first stop of the Tab key skips to the content', async () => {
  await app()
  await page
    .getByRole('button', { name: 'Skip to content' })
    .element()
    .dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await expect.element(page.getByRole('main')).toHaveFocus()
})

test('a lost line is said above the page, until it is back', async () => {
  const { host } = await app()
  await title().toHaveTextContent('Home')
  host.cut()
  await expect.element(page.getByText('The connection to Capstan was lost.')).toBeVisible()
  await title().toHaveTextContent('Home')
  host.restore()
  await expect.element(page.getByText('The connection to Capstan was lost.')).not.toBeInTheDocument()
})

test('a set-up that is over in a moment is not shown', async () => {
  const { setups, clock } = await app(setup())
  clock.advance(299)
  expect(page.getByRole('heading', { level: 1 }).elements()).toEqual([])
  setups.send(setup({ phase: 'ready' }))
  await title().toHaveTextContent('Home')
})

test('a longer set-up is shown in place of pages that need an engine', async () => {
  const { setups, clock } = await app(setup())
  clock.advance(300)
  await title().toHaveTextContent('Getting ready')
  await link('Practice').click()
  await title().toHaveTextContent('Practice')
  await link('Home').click()
  await title().toHaveTextContent('Getting ready')
  setups.send(setup({ phase: 'ready' }))
  await title().toHaveTextContent('Home')
})

test('a failed set-up is shown at once', async () => {
  await app(setup({ phase: 'failed' }))
  await title().toHaveTextContent('Getting ready')
})

function line(part: Partial<SetupLine>): SetupLine {
  return {
    id: 't',
    label: 'Node image',
    detail: null,
    state: 'waiting',
    fraction: null,
    estimateSeconds: null,
    ...part,
  }
}

test('the set-up page says the state of each part, and how far it is', async () => {
  await show(
    <SetupPage
      setup={setup({
        lines: [
          line({ id: 'a', label: 'Engine', state: 'done' }),
          line({ id: 'b', state: 'running', detail: '40 of 100 MB', fraction: 0.4 }),
          line({ id: 'c', label: 'Network', state: 'running', estimateSeconds: 20 }),
          line({ id: 'd', label: 'Warm nodes' }),
        ],
      })}
    />,
  )
  const rows = page.getByRole('list', { name: 'Set-up' }).getByRole('listitem')
  await expect.element(rows.nth(0)).toHaveTextContent('Enginedone')
  await expect.element(rows.nth(1)).toHaveTextContent('Node image40 of 100 MBrunning')
  await expect.element(page.getByRole('progressbar', { name: 'Node image' })).toHaveAttribute('value', '0.4')
  await expect.element(rows.nth(2)).toHaveTextContent('About 20 s')
  await expect.element(page.getByRole('progressbar', { name: 'Network' })).not.toHaveAttribute('value')
  await expect.element(rows.nth(3)).toHaveTextContent('Warm nodeswaiting')
})

test('the set-up page counts the seconds', async () => {
  const clock = new HandClock()
  await show(<SetupPage setup={setup()} />, { clock })
  await expect.element(page.getByText('0 s so far')).toBeVisible()
  clock.advance(1000)
  await expect.element(page.getByText('1 s so far')).toBeVisible()
  clock.advance(1000)
  await expect.element(page.getByText('2 s so far')).toBeVisible()
})

test('the set-up page counts down what remains, from what was told last', async () => {
  const clock = new HandClock()
  const { rerender } = await show(<SetupPage setup={setup({ remainingSeconds: 40 })} />, { clock })
  await expect.element(page.getByText('About 40 s left, 0 s so far')).toBeVisible()
  clock.advance(1000)
  await expect.element(page.getByText('About 39 s left, 1 s so far')).toBeVisible()
  await rerender(<SetupPage setup={setup({ remainingSeconds: 40 })} />)
  await expect.element(page.getByText('About 40 s left, 1 s so far')).toBeVisible()
  await rerender(<SetupPage setup={setup({ remainingSeconds: 2 })} />)
  await expect.element(page.getByText('About 2 s left, 1 s so far')).toBeVisible()
  for (let second = 0; second < 5; second++) clock.advance(1000)
  await expect.element(page.getByText('A moment left')).toBeVisible()
})

test('a failed set-up says what to do, can be tried again, and leads to the settings', async () => {
  const problem = { code: 'no-engine', message: 'No Docker Engine answers.', help: 'Start Docker.' }
  const { host, address } = await show(
    <SetupPage
      setup={setup({
        phase: 'failed',
        problem,
        lines: [line({ state: 'failed', detail: 'connection refused' })],
        tried: [
          { what: '/var/run/docker.sock', result: 'not there' },
          { what: 'context colima (unix:///x)', result: 'no engine answers' },
        ],
      })}
    />,
    { calls: { 'setup.retry': async () => ({}) } },
  )
  await expect.element(page.getByRole('alert')).toHaveTextContent('No Docker Engine answers.Start Docker.')
  await expect.element(page.getByText('connection refused')).toBeVisible()
  const tried = page.getByRole('region', { name: 'What was tried' }).getByRole('listitem')
  await expect.element(tried.nth(0)).toHaveTextContent('/var/run/docker.sock not there')
  await expect.element(tried.nth(1)).toHaveTextContent('context colima (unix:///x) no engine answers')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => host.inputsOf('setup.retry')).toHaveLength(1)
  await page.getByRole('link', { name: 'Choose another engine in the settings' }).click()
  expect(address()).toBe('/settings')
})

test('notices stay until they are closed, and a newer one of the same kind replaces the older', async () => {
  const notice: Notice = {
    id: 'disk',
    level: 'warning',
    message: 'The disk is nearly full.',
    help: 'Clean up.',
  }
  const notices = new Feed(notice)
  await show(<Notices />, { streams: { 'notice.watch': notices.watch } })
  await expect.element(page.getByRole('status')).toHaveTextContent('The disk is nearly full. Clean up.')
  notices.send({ ...notice, message: 'The disk is full.' })
  await expect.element(page.getByRole('status')).toHaveTextContent(/^The disk is full. Clean up.$/)
  notices.send({ ...notice, id: 'engine', message: 'The engine is old.', help: null })
  await expect.poll(() => page.getByRole('button', { name: 'Close notice' }).elements()).toHaveLength(2)
  await page.getByRole('button', { name: 'Close notice' }).first().click()
  await expect.element(page.getByRole('status')).toHaveTextContent(/^The engine is old.$/)
})
