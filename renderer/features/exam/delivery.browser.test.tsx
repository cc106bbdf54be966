import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AttemptView } from '../../../main/api'
import { HandClock } from '../../testing/clock.test-kit'
import { attempt, currentItem, domcAttempt, item, revealed } from '../../testing/exam-samples.test-kit'
import { FakeHost, Feed, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { AttemptPage } from './attempt-page'

/** An attempt whose host answers each act with the next view, or with the same one. */
async function sit(view: AttemptView, { answers = [] as AttemptView[], refuses = false } = {}) {
  const views = new Feed(view)
  const clock = new HandClock()
  const act = async () => {
    if (refuses) throw refusal('The time is up.')
    views.send(answers.shift() ?? views.value)
    return views.value
  }
  const host = new FakeHost({
    calls: {
      'exam.choose': async () => ({ ...(await act()), kept: true }),
      'exam.decide': async () => ({ ...(await act()), kept: true }),
      'exam.flag': act,
      'exam.move': act,
      'exam.reveal': act,
      'exam.end': act,
    },
    streams: { 'exam.watch': views.watch },
  })
  const screen = await show(<AttemptPage attemptId="a1" />, { host, clock, at: '/exam/a1' })
  await expect.element(page.getByRole('toolbar')).toBeVisible()
  return { ...screen, views, clock }
}

const acts = (host: FakeHost) =>
  host.calls.filter(({ name }) => name.startsWith('exam.')).map(({ name, input }) => [name, input])
const heading = () => page.getByRole('heading', { level: 1 })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

test('an item has the focus, its text and its options', async () => {
  await sit(attempt())
  await expect.element(heading()).toHaveTextContent('Item 1 of 3')
  await expect.element(heading()).toHaveFocus()
  await expect.element(page.getByText('Which command lists containers?')).toBeVisible()
  expect(page.getByRole('radio').elements()).toHaveLength(3)
  expect(document.title).toBe('Item 1 of 3 · Mock exam · Capstan')
})

test('an item whose answer depends on the version of Docker says for which it holds', async () => {
  await sit(attempt({ current: currentItem({ versions: 'since Docker 23' }) }))
  await expect.element(page.getByText('The answer holds since Docker 23.')).toBeVisible()
})

test('an item with several right options says how many to choose, as the exam does', async () => {
  await sit(attempt({ current: currentItem({ kind: 'multiple', choose: 2 }) }))
  await expect.element(page.getByRole('group', { name: 'Choose two' })).toBeVisible()
  expect(page.getByRole('checkbox').elements()).toHaveLength(3)
})

test('an option is chosen with a click', async () => {
  const chosen = attempt({ current: currentItem({ chosen: [12] }) })
  const { host } = await sit(attempt(), { answers: [chosen] })
  await page.getByText('docker images').click()
  await expect.element(page.getByRole('radio', { name: 'docker images' })).toBeChecked()
  await expect.poll(() => acts(host)).toEqual([['exam.choose', { attemptId: 'a1', item: 0, options: [12] }]])
})

test('digits choose, and take a checkbox back', async () => {
  const { host } = await sit(attempt({ current: currentItem({ kind: 'multiple', chosen: [12] }) }))
  await userEvent.keyboard('1')
  await expect
    .poll(() => acts(host))
    .toEqual([['exam.choose', { attemptId: 'a1', item: 0, options: [12, 11] }]])
  await userEvent.keyboard('2')
  await expect.poll(() => acts(host)).toHaveLength(2)
  await userEvent.keyboard('9')
  expect(acts(host)).toHaveLength(2)
})

test('arrows go through the items, F flags', async () => {
  const { host } = await sit(attempt({ current: currentItem({ index: 1 }) }))
  await userEvent.keyboard('{ArrowRight}')
  await expect.poll(() => acts(host).at(-1)).toEqual(['exam.move', { attemptId: 'a1', item: 2 }])
  await userEvent.keyboard('{ArrowLeft}')
  await expect.poll(() => acts(host).at(-1)).toEqual(['exam.move', { attemptId: 'a1', item: 0 }])
  await userEvent.keyboard('f')
  await expect.poll(() => acts(host).at(-1)).toEqual(['exam.flag', { attemptId: 'a1', item: 1, on: true }])
})

test('the first item has nothing before it', async () => {
  const { host } = await sit(attempt())
  await expect.element(button(/Previous/)).toBeDisabled()
  await userEvent.keyboard('p')
  expect(acts(host)).toEqual([])
})

test('after the last item comes the review', async () => {
  await sit(attempt({ current: currentItem({ index: 2 }) }))
  await expect.element(button(/^Review/)).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(heading()).toHaveTextContent('Review')
  expect(document.title).toBe('Review · Mock exam · Capstan')
})

test('the review names what is open, and leads there and back', async () => {
  const { host } = await sit(
    attempt({ items: [item({ answered: true }), item({ flagged: true }), item({ open: false })] }),
  )
  await userEvent.keyboard('r')
  await expect.element(heading()).toHaveTextContent('Review')
  await expect.element(page.getByText('2 unanswered, 1 flagged.')).toBeVisible()
  await expect.element(page.getByText('One more item opens after')).toBeVisible()
  await userEvent.keyboard('p')
  await expect.element(heading()).toHaveTextContent('Item 1 of 3')
  await userEvent.keyboard('r')
  await button('Item 2, not answered, flagged').first().click()
  await expect.poll(() => acts(host)).toEqual([['exam.move', { attemptId: 'a1', item: 1 }]])
})

test('a one-at-a-time option waits before it can be answered: nobody has read it yet', async () => {
  const { host, clock } = await sit(domcAttempt())
  await expect.element(page.getByRole('heading', { name: 'Option 1: is this right?' })).toBeVisible()
  const option = page.getByRole('region', { name: 'Option' })
  await expect.element(option).toHaveAttribute('data-ready', 'false')
  await userEvent.keyboard('y')
  clock.advance(500)
  await expect.element(option).toHaveAttribute('data-ready', 'true')
  expect(acts(host)).toEqual([])
  await userEvent.keyboard('y')
  await expect
    .poll(() => acts(host))
    .toEqual([['exam.decide', { attemptId: 'a1', item: 0, option: 21, yes: true }]])
})

test('an option is answered once, however often the key is pressed', async () => {
  const { host, clock } = await sit(domcAttempt())
  clock.advance(500)
  await expect.element(page.getByRole('region', { name: 'Option' })).toHaveAttribute('data-ready', 'true')
  await userEvent.keyboard('nnn')
  await expect.poll(() => acts(host)).toHaveLength(1)
  await button(/Yes/).click()
  expect(acts(host)).toHaveLength(1)
})

test('a real exam goes on by itself when an item is over', async () => {
  const over = domcAttempt({
    items: [item({ delivery: 'domc', closed: true, answered: true }), item()],
    current: currentItem({ delivery: 'domc', options: [], closed: true, decided: 1 }),
  })
  const { host, clock } = await sit(domcAttempt(), { answers: [over] })
  clock.advance(500)
  await expect.element(page.getByRole('region', { name: 'Option' })).toHaveAttribute('data-ready', 'true')
  await button(/Yes/).click()
  await expect.poll(() => acts(host).at(-1)).toEqual(['exam.move', { attemptId: 'a1', item: 1 }])
})

test('an answer that the host refuses can be given again', async () => {
  const { host, clock } = await sit(domcAttempt(), { refuses: true })
  clock.advance(500)
  await expect.element(page.getByRole('region', { name: 'Option' })).toHaveAttribute('data-ready', 'true')
  await userEvent.keyboard('y')
  await expect.element(page.getByRole('alert')).toHaveTextContent('The time is up.')
  await userEvent.keyboard('n')
  await expect.poll(() => acts(host)).toHaveLength(2)
})

test('in practice Enter checks the answer, and the explanation takes the place of the options', async () => {
  const view = attempt({ mode: 'practice', limit: null, timeLeft: null })
  const after = { ...view, current: currentItem({ closed: true, revealed: revealed({ right: false }) }) }
  const { host } = await sit(view, { answers: [after] })
  expect(page.getByRole('timer').elements()).toEqual([])
  await expect.element(button(/Show answer/)).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: 'Not right' })).toHaveFocus()
  expect(acts(host)).toEqual([['exam.reveal', { attemptId: 'a1', item: 0 }]])
  await expect.element(page.getByText('It lists what runs.')).toBeVisible()
})

test('a real exam shows no answers: Enter goes to the next item', async () => {
  const { host } = await sit(attempt())
  await userEvent.keyboard('{Enter}')
  expect(page.getByRole('button', { name: /(Show|Check) answer/ }).elements()).toEqual([])
  await expect.poll(() => acts(host)).toEqual([['exam.move', { attemptId: 'a1', item: 1 }]])
})

test('the list of items says the state of each, and leads there', async () => {
  const { host } = await sit(
    attempt({
      items: [
        item({ answered: true }),
        item({ flagged: true }),
        item({ closed: true }),
        item({ open: false }),
      ],
    }),
  )
  const list = page.getByRole('navigation', { name: 'Items' })
  const names = list.getByRole('button').elements()
  expect(names.map((one) => one.getAttribute('aria-label'))).toEqual([
    'Item 1, answered',
    'Item 2, not answered, flagged',
    'Item 3, closed',
    'Item 4, locked',
  ])
  await expect.element(list.getByRole('button', { name: /Item 1/ })).toHaveAttribute('aria-current', 'step')
  await expect.element(list.getByRole('button', { name: /Item 4/ })).toBeDisabled()
  await list.getByRole('button', { name: /Item 2/ }).click()
  await expect.poll(() => acts(host)).toEqual([['exam.move', { attemptId: 'a1', item: 1 }]])
})

test('in practice the list says which items were right, and leads back to each', async () => {
  const { host } = await sit(
    attempt({
      mode: 'practice',
      items: [item({ closed: true, outcome: 'right' }), item({ closed: true, outcome: 'wrong' }), item()],
      current: currentItem({ index: 2 }),
    }),
  )
  const list = page.getByRole('navigation', { name: 'Items' })
  await expect.element(list.getByRole('button', { name: 'Item 1, right' })).toBeEnabled()
  await expect.element(list.getByRole('button', { name: 'Item 2, wrong' })).toBeEnabled()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.poll(() => acts(host)).toEqual([['exam.move', { attemptId: 'a1', item: 1 }]])
})

test('I hides the list of items, T the time', async () => {
  await sit(attempt())
  await userEvent.keyboard('i')
  await expect.element(page.getByRole('navigation', { name: 'Items' })).not.toBeInTheDocument()
  await userEvent.keyboard('t')
  await expect.element(button('Show the time left')).toBeVisible()
})

test('the end asks first, with what is not answered', async () => {
  const { host } = await sit(attempt({ items: [item({ answered: true }), item({ flagged: true }), item()] }))
  await button('End exam').click()
  const dialog = page.getByRole('dialog', { name: 'End the mock exam?' })
  await expect
    .element(dialog)
    .toHaveTextContent('2 of 3 items have no answer and will count as wrong. 1 is flagged.')
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog).not.toBeInTheDocument()
  expect(acts(host)).toEqual([])
  await button('End exam').click()
  await dialog.getByRole('button', { name: 'End mock exam' }).click()
  await expect.poll(() => acts(host)).toEqual([['exam.end', { attemptId: 'a1' }]])
})

test('keys of the exam do nothing while a dialog asks', async () => {
  const { host } = await sit(attempt())
  await button('End exam').click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await userEvent.keyboard('1fn')
  expect(acts(host)).toEqual([])
})

test('an attempt that ends leads to its result', async () => {
  const { views, address } = await sit(attempt())
  views.send(attempt({ state: 'ended' }))
  await expect.poll(address).toBe('/exam/a1/result')
})

test('an attempt that cannot be opened leads to the exams', async () => {
  const host = new FakeHost({
    streams: {
      'exam.watch': () => {
        throw refusal('There is no attempt a9.')
      },
    },
  })
  const { address } = await show(<AttemptPage attemptId="a9" />, { host })
  await expect.element(page.getByRole('alert')).toHaveTextContent('There is no attempt a9.')
  await button('To the exams').click()
  expect(address()).toBe('/exam')
})

test('without a line a choice is shown at once, and sent when the line is back', async () => {
  const { host, clock } = await sit(attempt())
  host.cut()
  await page.getByText('docker images').click()
  await expect.element(page.getByRole('radio', { name: 'docker images' })).toBeChecked()
  host.restore()
  await expect
    .poll(() => {
      clock.advance(100)
      return acts(host)
    })
    .toEqual([['exam.choose', { attemptId: 'a1', item: 0, options: [12] }]])
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('without a line the yes or no that was given is shown, and that it is kept', async () => {
  const { host, clock } = await sit(domcAttempt())
  clock.advance(500)
  await expect.element(page.getByRole('region', { name: 'Option' })).toHaveAttribute('data-ready', 'true')
  expect(page.getByText(/Your answers are kept/).elements()).toEqual([])
  host.cut()
  await expect.element(page.getByText(/^Your answers are kept, and are sent/)).toBeVisible()
  await userEvent.keyboard('n')
  await expect.element(button(/^No/)).toHaveAttribute('aria-pressed', 'true')
  await expect.element(button(/^Yes/)).toHaveAttribute('aria-pressed', 'false')
  await expect.element(page.getByText(/^You said no\. Your answers are kept/)).toBeVisible()
  host.restore()
  await expect
    .poll(() => {
      clock.advance(100)
      return acts(host)
    })
    .toEqual([['exam.decide', { attemptId: 'a1', item: 0, option: 21, yes: false }]])
  await expect.element(button(/^No/)).not.toHaveAttribute('aria-pressed')
})

test('a placement test is called so wherever it can be ended', async () => {
  const host = new FakeHost({
    streams: { 'exam.watch': new Feed(attempt({ mode: 'practice', limit: null, timeLeft: null })).watch },
  })
  host.settings = { ...host.settings, placement: 'a1' }
  await show(<AttemptPage attemptId="a1" />, { host, clock: new HandClock(), at: '/exam/a1' })
  await expect.element(page.getByText('Placement test', { exact: true })).toBeVisible()
  await userEvent.keyboard('r')
  await expect.element(page.getByRole('heading', { name: 'Review' })).toBeVisible()
  expect(button('End placement test').elements()).toHaveLength(2)
})
