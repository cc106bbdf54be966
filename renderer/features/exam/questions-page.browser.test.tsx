import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { SeenQuestion } from '../../../main/api'
import { blueprint, resultItem } from '../../testing/exam-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { QuestionsPage } from './questions-page'

function seen(id: string, stem: string): SeenQuestion {
  return { ...resultItem({ id, stem }), mark: { bookmarked: false, note: '' }, missed: 0 }
}

const QUESTIONS = [
  ...Array.from({ length: 30 }, (_, index) => seen(`q${index}`, `Question ${index}`)),
  seen('net-dns.v2', 'Who answers?'),
]

async function questions(itemId?: string, all = QUESTIONS) {
  return await show(<QuestionsPage itemId={itemId} />, {
    calls: {
      'marks.questions': async () => all,
      'marks.get': async () => ({ bookmarked: false, note: '' }),
      'exam.blueprint': async () => blueprint(),
    },
  })
}

test('without a wanted question all are closed', async () => {
  await questions()
  await expect.element(page.getByText('31 questions')).toBeVisible()
  expect(page.getByRole('button', { expanded: true }).elements()).toEqual([])
})

test('the question that somebody came for is open, in sight, and has the focus', async () => {
  await questions('net-dns.v2')
  const wanted = page.getByRole('button', { name: /Who answers/ })
  await expect.element(wanted).toHaveAttribute('aria-expanded', 'true')
  await expect.element(wanted).toHaveFocus()
  await expect.element(wanted).toBeInViewport()
  await expect.element(page.getByRole('region', { name: 'Explanation' })).toBeVisible()
})

test('a question that was not seen is not shown, and the page says so', async () => {
  await questions('q99')
  await expect
    .element(page.getByText('The question “q99” is not among those that you have seen.'))
    .toBeVisible()
})

test('before the first answer the page says how questions come here', async () => {
  await questions(undefined, [])
  await expect.element(page.getByText('You have answered no question yet.')).toBeVisible()
  await expect
    .element(page.getByRole('main').getByRole('link', { name: 'practice' }))
    .toHaveAttribute('href', '/practice')
  expect(page.getByRole('searchbox').elements()).toEqual([])
})
