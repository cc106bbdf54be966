import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { result, resultItem, revealed } from '../../testing/exam-samples.test-kit'
import { FakeHost, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { ResultPage } from './result-page'
import { Revealed } from './revealed'

async function resultPage(view = result()) {
  return await show(<ResultPage attemptId="a1" />, { calls: { 'exam.result': async () => view } })
}

const openButtons = () => page.getByRole('heading', { level: 3 }).getByRole('button')
const stems = () =>
  openButtons()
    .elements()
    .map((one) => one.textContent)

test('the result of a mock exam has its score, its outcome and its facts', async () => {
  await resultPage()
  const head = page.getByRole('region', { name: 'Score' })
  await expect.element(head).toHaveTextContent('50 %')
  await expect.element(head).toHaveTextContent('Not passed')
  await expect.element(head).toHaveTextContent('1 of 2 items right, 65 % needed')
  await expect.element(head).toHaveTextContent('20–80 %')
  await expect.element(head).toHaveTextContent('Time used: 1 min of 1 h 30 min')
  await expect.element(head).not.toHaveTextContent('extra time')
})

test('extra time is said where there was some', async () => {
  await resultPage(result({ extraTime: 1.5, limit: 8_100_000 }))
  const head = page.getByRole('region', { name: 'Score' })
  await expect.element(head).toHaveTextContent('With extra time: 1.5 times the usual time')
})

test('items that were never seen are not called missed, and do not make answers look quick', async () => {
  const unseen = { right: false, answered: false, reached: false, time: 0 }
  await resultPage(result({ items: [resultItem({ right: false }), resultItem({ id: 'q2', ...unseen })] }))
  const head = page.getByRole('region', { name: 'Score' })
  await expect.element(head).toHaveTextContent('30 s per answered item')
  await expect.element(head).toHaveTextContent('1 not answered, of which 1 was not reached')
  await expect.element(page.getByRole('button', { name: 'Practise the one you missed' })).toBeVisible()
})

test('a practice passes and fails nothing', async () => {
  const { address } = await resultPage(result({ mode: 'practice', passed: null, limit: null }))
  const head = page.getByRole('region', { name: 'Score' })
  await expect.element(head).toHaveTextContent('1 of 2 items right')
  await expect.element(head).not.toHaveTextContent(/pass/i)
  await page.getByRole('button', { name: 'Practise more' }).click()
  expect(address()).toBe('/practice')
})

test('a placement test is called so, and leads to where to begin', async () => {
  await resultPage(result({ mode: 'practice', placement: true, passed: null, limit: null }))
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent('Result of the placement test')
})

test('domains are a table with right answers, score and interval', async () => {
  await resultPage()
  const row = page.getByRole('row', { name: /^Images/ })
  await expect.element(row.getByRole('rowheader')).toHaveTextContent('Images')
  await expect.element(row).toHaveTextContent('1 of 250 %20–80 %')
})

test.each([
  ['session-state', 'Continue', '/exam/a1'],
  ['not-found', 'To the exams', '/exam'],
])('without a result (%s) the page offers "%s"', async (code, name, path) => {
  const host = new FakeHost({
    calls: {
      'exam.result': async () => {
        throw refusal('There is none.', null, code)
      },
    },
  })
  const { address } = await show(<ResultPage attemptId="a1" />, { host })
  await page.getByRole('button', { name }).click()
  expect(address()).toBe(path)
})

test('items are filtered by their outcome, and keep their numbers', async () => {
  await resultPage()
  await expect.poll(stems).toHaveLength(2)
  await expect.element(page.getByRole('radio', { name: 'Wrong 1' })).toBeInTheDocument()
  await page.getByText('Wrong 1').click()
  await expect.poll(stems).toEqual(['Wrong2. Second item'])
  await page.getByText('Flagged 1').click()
  await expect.poll(stems).toEqual(['Wrong2. Second item'])
})

test('a filter that fits nothing says so', async () => {
  await resultPage(result({ items: [resultItem()] }))
  await page.getByText('Flagged 0').click()
  await expect.element(page.getByText('No item is flagged.')).toBeVisible()
})

test('an item opens and closes, with its options and its explanation', async () => {
  await resultPage()
  const first = openButtons().first()
  await expect.element(first).toHaveAttribute('aria-expanded', 'false')
  await first.click()
  await expect.element(page.getByText('It lists what runs.')).toBeVisible()
  await expect.element(first).toHaveAttribute('aria-expanded', 'true')
  await first.click()
  await expect.element(page.getByText('It lists what runs.')).not.toBeInTheDocument()
})

test('on paper all items are open', async () => {
  await resultPage()
  await expect.poll(stems).toHaveLength(2)
  window.dispatchEvent(new Event('beforeprint'))
  expect(page.getByText('It lists what runs.').elements()).toHaveLength(2)
  window.dispatchEvent(new Event('afterprint'))
  await expect.poll(() => page.getByText('It lists what runs.').elements()).toEqual([])
})

test.each([
  ['The summary only', []],
  ['With the wrong items', ['What misses?']],
  ['With all items', ['What lists?', 'What misses?']],
])('on paper there is what was chosen: %s', async (choice, expected) => {
  await resultPage(
    result({
      items: [
        resultItem({ id: 'a', stem: 'What lists?', right: true }),
        resultItem({ id: 'b', stem: 'What misses?', right: false }),
      ],
    }),
  )
  await page.getByLabelText('What to print').selectOptions(choice)
  window.dispatchEvent(new Event('beforeprint'))
  const printed = page.getByRole('heading', { level: 3 }).getByRole('button').elements()
  const names = printed.map((one) => one.querySelector('.reviewed-stem')?.textContent?.replace(/^\d+\. /, ''))
  expect(names).toEqual(expected)
  window.dispatchEvent(new Event('afterprint'))
  await expect.poll(stems).toHaveLength(2)
})

test('the line of an item is its question, without code blocks and marks', async () => {
  await resultPage(result({ items: [resultItem({ stem: '```sh\ndocker ps\n```\n\nWhat does `ps`\ndo?' })] }))
  await expect.poll(stems).toEqual(['Right1. What does ps do?'])
})

const options = () =>
  page
    .getByRole('list', { name: 'Options' })
    .getByRole('listitem')
    .elements()
    .map((one) => one.querySelector('.revealed-state')?.textContent)

test('a classic item says what was chosen', async () => {
  await show(<Revealed item={revealed()} delivery="classic" />)
  await expect.poll(options).toEqual(['True. You chose it', 'False. You did not choose it'])
  await expect.element(page.getByText('It lists images.')).toBeVisible()
  expect(page.getByRole('heading', { name: /Right/ }).elements()).toEqual([])
})

test('a one-at-a-time item says what was answered, and what was not shown', async () => {
  const [first, second] = revealed().options
  if (!first || !second) throw new Error('the sample has two options')
  const item = revealed({
    options: [
      { ...first, picked: false },
      { ...second, shown: false },
    ],
  })
  await show(<Revealed item={item} delivery="domc" />)
  await expect.poll(options).toEqual(['True. You said no', 'False. It was not shown'])
  await expect.element(page.getByRole('img', { name: 'wrong answer' })).toBeVisible()
  expect(page.getByRole('img', { name: 'right answer' }).elements()).toEqual([])
})

test('the source is a link when it is an address, and text when it is words', async () => {
  const { rerender } = await show(<Revealed item={revealed()} delivery="classic" />)
  const link = page.getByRole('link', { name: 'docs.docker.com/reference/cli/docker/container/ls' })
  await expect.element(link).toHaveAttribute('href', `https://${revealed().source}`)
  await rerender(<Revealed item={revealed({ source: 'Study guide, domain 2' })} delivery="classic" />)
  await expect.element(page.getByText('Source: Study guide, domain 2')).toBeVisible()
})

test('each address of a source is linked, and its words are not', async () => {
  const source = 'docs.docker.com/engine/swarm, moby v26.1.5; https://kubernetes.io/docs/home'
  await show(<Revealed item={revealed({ source })} delivery="classic" />)
  await expect.element(page.getByText(`Source: ${source}`)).toBeVisible()
  const links = page.getByText(`Source: ${source}`).getByRole('link')
  await expect.element(links.first()).toHaveAttribute('href', 'https://docs.docker.com/engine/swarm')
  await expect.element(links.last()).toHaveAttribute('href', 'https://kubernetes.io/docs/home')
  expect(links.elements()).toHaveLength(2)
})

test('labs that teach the item are linked, and without labs there is no section', async () => {
  const { rerender } = await show(<Revealed item={revealed()} delivery="classic" />)
  const labs = page.getByRole('region', { name: 'Labs that teach this' })
  await expect.element(labs.getByRole('link')).toHaveTextContent('The life of a container')
  await rerender(<Revealed item={revealed({ labs: [] })} delivery="classic" />)
  await expect.element(labs).not.toBeInTheDocument()
})
