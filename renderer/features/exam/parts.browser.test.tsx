/** Orderings and matchings: how they are answered with pointer and keyboard, and what is told afterwards. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AttemptView, CurrentItem, RevealedItem } from '../../../main/api'
import { attempt, currentItem, revealed } from '../../testing/exam-samples.test-kit'
import { FakeHost, Feed } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { AttemptPage } from './attempt-page'

/** A practice whose host takes every answer. */
async function practise(current: CurrentItem) {
  const views = new Feed<AttemptView>(attempt({ mode: 'practice', limit: null, timeLeft: null, current }))
  const host = new FakeHost({
    calls: {
      'exam.choose': async ({ options }) => {
        views.send({ ...views.value, current: { ...views.value.current, chosen: options } })
        return { ...views.value, kept: true }
      },
      'exam.reveal': async () => views.value,
    },
    streams: { 'exam.watch': views.watch },
  })
  await show(<AttemptPage attemptId="a1" />, { host, at: '/exam/a1' })
  await expect.element(page.getByRole('toolbar')).toBeVisible()
  return host
}

const chosen = (host: FakeHost) =>
  host.calls.flatMap(({ name, input }) =>
    name === 'exam.choose' ? [(input as { options: number[] }).options] : [],
  )
const button = (name: string) => page.getByRole('button', { name, exact: true })
const entries = () =>
  page
    .getByRole('list', { name: 'Entries in your order' })
    .getByRole('listitem')
    .elements()
    .map((entry) => entry.querySelector('.markdown')?.textContent?.trim())

const ORDERING = currentItem({
  kind: 'ordering',
  options: [
    { id: 3, text: '`docker push`' },
    { id: 1, text: '`docker build`' },
    { id: 2, text: '`docker tag`' },
  ],
})

test('an entry is moved with its buttons, and the order is told and sent', async () => {
  const host = await practise(ORDERING)
  await expect.element(page.getByText('Put in order')).toBeVisible()
  expect(entries()).toEqual(['docker push', 'docker build', 'docker tag'])
  await button('Move down: docker push').click()
  await expect.poll(entries).toEqual(['docker build', 'docker push', 'docker tag'])
  await expect.element(page.getByRole('status')).toHaveTextContent('docker push is number 2 of 3.')
  await expect.poll(() => chosen(host)).toEqual([[1, 3, 2]])
})

test('the first entry cannot go up, and the last one cannot go down', async () => {
  await practise(ORDERING)
  await expect.element(button('Move up: docker push')).toBeDisabled()
  await expect.element(button('Move down: docker tag')).toBeDisabled()
})

test('the arrow keys move the entry that has the focus, and the focus goes with it', async () => {
  const host = await practise(ORDERING)
  ;(button('Move down: docker push').element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}')
  await expect.poll(entries).toEqual(['docker build', 'docker tag', 'docker push'])
  await expect.element(button('Move up: docker push')).toHaveFocus()
  await userEvent.keyboard('{ArrowUp}')
  await expect.poll(() => chosen(host).at(-1)).toEqual([1, 3, 2])
})

test('digits choose nothing in an ordering', async () => {
  const host = await practise(ORDERING)
  await userEvent.keyboard('1')
  await userEvent.keyboard('f')
  expect(chosen(host)).toEqual([])
})

const MATCHING = currentItem({
  kind: 'matching',
  prompts: ['one host', 'several hosts', 'no network'],
  options: [
    { id: 7, text: '`overlay`' },
    { id: 8, text: '`none`' },
    { id: 9, text: '`bridge`' },
    { id: 10, text: '`macvlan`' },
  ],
})
const field = (name: string) => page.getByRole('combobox', { name })

test('each part of a matching has a field with its name, and what was chosen is sent for each place', async () => {
  const host = await practise(MATCHING)
  await expect.element(page.getByText('Match each part')).toBeVisible()
  await field('several hosts').selectOptions('A. overlay')
  await expect.poll(() => chosen(host)).toEqual([[0, 7, 0]])
  await field('one host').selectOptions('C. bridge')
  await expect.poll(() => chosen(host).at(-1)).toEqual([9, 7, 0])
  await field('several hosts').selectOptions('Choose an option')
  await expect.poll(() => chosen(host).at(-1)).toEqual([9, 0, 0])
  await expect.element(field('no network')).toHaveValue('0')
})

const over = (part: Partial<RevealedItem>): CurrentItem => {
  const { kind = 'ordering' } = part
  return currentItem({ kind, closed: true, revealed: revealed({ kind, right: false, options: [], ...part }) })
}

test('the result of an ordering tells the right entry of each place, and the one that was there', async () => {
  await practise(
    over({
      places: [
        { prompt: null, right: 'build', given: 'build', isRight: true, why: 'It makes the image.' },
        { prompt: null, right: 'tag', given: 'push', isRight: false, why: null },
        { prompt: null, right: 'push', given: 'tag', isRight: false, why: null },
      ],
    }),
  )
  const list = page.getByRole('list', { name: 'The right order' })
  await expect
    .element(list.getByRole('listitem').nth(0))
    .toHaveTextContent('1.Right, and yoursbuildIt makes the image.')
  await expect.element(list.getByRole('listitem').nth(1)).toHaveTextContent('2.RighttagYourspush')
  await expect.element(page.getByText('1 of 3 places are right.')).toBeVisible()
  expect(list.getByRole('img', { name: 'wrong' }).elements()).toHaveLength(2)
})

test('the result of a matching tells what nothing was put to, and the options that belong to nothing', async () => {
  await practise(
    over({
      kind: 'matching',
      places: [{ prompt: 'one host', right: 'bridge', given: null, isRight: false, why: 'It is local.' }],
      options: [
        { id: 10, text: 'macvlan', right: false, why: 'It needs a card.', picked: true, shown: true },
      ],
    }),
  )
  const list = page.getByRole('list', { name: 'What belongs together' })
  await expect
    .element(list.getByRole('listitem'))
    .toHaveTextContent('one hostRightbridgeYoursnothingIt is local.')
  const extras = page.getByRole('region', { name: 'Options that belong to no part' })
  await expect.element(extras).toHaveTextContent('macvlanYou used it.It needs a card.')
})
