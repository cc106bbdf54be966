import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { attemptSummary, blueprint } from '../../testing/exam-samples.test-kit'
import { FakeHost, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { PracticePage } from './practice-page'

async function practicePage({ refuses = false, own = 3 } = {}) {
  const host = new FakeHost({
    calls: {
      'exam.blueprint': async () => blueprint(),
      'exam.list': async () => [
        attemptSummary(),
        attemptSummary({ id: 'p1', mode: 'practice', passed: null }),
      ],
      'exam.start': async () => {
        if (refuses) throw refusal('No item fits.')
        return { attemptId: 'p7' }
      },
      'marks.practise': async () => ({ attemptId: 'p8' }),
      'own.list': async () => ({
        folder: '/data/questions',
        questions: own,
        folders: own > 0 ? [{ name: 'week: 1', questions: 2 }] : [],
        tags: own > 0 ? [{ name: 'chapter-3', questions: 1 }] : [],
        problems: [],
      }),
      'own.practise': async () => ({ attemptId: 'p9' }),
    },
  })
  const screen = await show(<PracticePage />, { host, at: '/practice' })
  await expect.element(page.getByRole('heading', { name: 'Drill' })).toBeVisible()
  return screen
}

const mixed = () => page.getByRole('region', { name: 'Mixed practice' })
const drill = () => page.getByRole('region', { name: 'Drill' })
const start = (name: string) => page.getByRole('button', { name: `Start ${name}` })

test('practice asks all domains and ten items, unless another choice is made', async () => {
  const { host, address } = await practicePage()
  await start('practice').click()
  await expect.poll(address).toBe('/exam/p7')
  expect(host.inputsOf('exam.start')).toEqual([
    { mode: 'practice', length: 10, domains: ['images', 'storage'] },
  ])
})

test('domains are asked in their own order, whatever the order of the clicks', async () => {
  const { host } = await practicePage()
  await mixed()
    .getByRole('checkbox', { name: /Images/ })
    .click()
  await mixed()
    .getByRole('checkbox', { name: /Storage/ })
    .click()
  await expect.element(start('practice')).toBeDisabled()
  await mixed()
    .getByRole('checkbox', { name: /Storage/ })
    .click()
  await mixed()
    .getByRole('checkbox', { name: /Images/ })
    .click()
  await mixed().getByText('40', { exact: true }).click()
  await start('practice').click()
  await expect
    .poll(() => host.inputsOf('exam.start'))
    .toEqual([{ mode: 'practice', length: 40, domains: ['images', 'storage'] }])
})

test('a drill without objectives asks for the whole domain', async () => {
  const { host } = await practicePage()
  await expect.element(drill().getByText('Objectives: all of the domain')).toBeVisible()
  await start('drill').click()
  await expect
    .poll(() => host.inputsOf('exam.start'))
    .toEqual([{ mode: 'drill', length: 10, domains: ['images'] }])
})

test('objectives of a drill are chosen; one without items cannot be', async () => {
  const { host } = await practicePage()
  await drill().getByRole('checkbox', { name: /D2.3/ }).click()
  await drill()
    .getByRole('checkbox', { name: /IMG-01/ })
    .click()
  await expect.element(drill().getByText('Objectives: 2 chosen')).toBeVisible()
  await expect.element(drill().getByRole('checkbox', { name: /IMG-02/ })).toBeDisabled()
  await start('drill').click()
  await expect
    .poll(() => host.inputsOf('exam.start'))
    .toEqual([{ mode: 'drill', length: 10, domains: ['images'], objectives: ['IMG-01', 'D2.3'] }])
})

test('another domain has its own objectives, and none chosen', async () => {
  const { host } = await practicePage()
  await drill()
    .getByRole('checkbox', { name: /IMG-01/ })
    .click()
  await drill().getByRole('combobox', { name: 'Domain' }).selectOptions('Storage')
  await expect.element(drill().getByRole('checkbox', { name: /D6.1/ })).not.toBeChecked()
  await start('drill').click()
  await expect
    .poll(() => host.inputsOf('exam.start'))
    .toEqual([{ mode: 'drill', length: 10, domains: ['storage'] }])
})

test('a practice that cannot start says why beside its own button', async () => {
  const { address } = await practicePage({ refuses: true })
  await start('practice').click()
  await expect.element(mixed().getByRole('alert')).toHaveTextContent('No item fits.')
  expect(drill().getByRole('alert').elements()).toEqual([])
  expect(address()).toBe('/practice')
})

test('mock exams are not listed here', async () => {
  await practicePage()
  await expect.poll(() => page.getByRole('link', { name: /^Result of/ }).elements()).toHaveLength(1)
})

test('questions that were not seen, missed, bookmarked or noted can be practised', async () => {
  const { host, address } = await practicePage()
  await page.getByRole('button', { name: 'Not seen yet' }).click()
  await expect.poll(address).toBe('/exam/p8')
  expect(host.inputsOf('marks.practise')).toEqual([{ filter: 'unseen' }])
})

test.each([
  ['All (3)', {}],
  ['week: 1 (2)', { folder: 'week: 1' }],
  ['chapter-3 (1)', { tag: 'chapter-3' }],
])('own questions are drilled: %s', async (name, wish) => {
  const { host, address } = await practicePage()
  await page.getByRole('combobox', { name: 'Which ones' }).selectOptions(name)
  await page.getByRole('button', { name: 'Drill your own questions' }).click()
  await expect.poll(address).toBe('/exam/p9')
  expect(host.inputsOf('own.practise')).toEqual([wish])
})

test('who has no own questions is shown where to bring some', async () => {
  const { address } = await practicePage({ own: 0 })
  await expect.element(page.getByText(/bring those that you have in Moodle/)).toBeVisible()
  expect(page.getByRole('button', { name: 'Drill your own questions' }).elements()).toEqual([])
  await page.getByRole('link', { name: 'Import, export and look after them' }).click()
  await expect.poll(address).toBe('/my-questions')
})
