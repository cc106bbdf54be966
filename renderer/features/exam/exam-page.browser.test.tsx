import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { Exhibits } from '../../question'
import { attemptSummary, blueprint } from '../../testing/exam-samples.test-kit'
import { FakeHost, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { ExamPage } from './exam-page'

async function examPage({ refuses = false } = {}) {
  const host = new FakeHost({
    calls: {
      'exam.blueprint': async () => blueprint(),
      'exam.list': async () => [attemptSummary(), attemptSummary({ id: 'p1', mode: 'practice' })],
      'exam.start': async () => {
        if (refuses) throw refusal('There are too few items.')
        return { attemptId: 'a7' }
      },
    },
  })
  return await show(<ExamPage />, { host, at: '/exam' })
}

test('says what to expect: items, minutes, deliveries, pass mark and weights', async () => {
  await examPage()
  const account = page.getByRole('region', { name: 'What to expect' })
  await expect.element(account).toHaveTextContent('items55minutes90one option at a time42classic13')
  await expect.element(account).toHaveTextContent('Pass mark 65 %.')
  await expect.element(page.getByRole('row', { name: /Storage/ })).toHaveTextContent('40 %')
})

test('lists mock exams only', async () => {
  await examPage()
  await expect.poll(() => page.getByRole('link', { name: /^Result of/ }).elements()).toHaveLength(1)
})

test('starts with the usual time, and goes there', async () => {
  const { host, address } = await examPage()
  await page.getByRole('button', { name: 'Start a mock exam' }).click()
  await expect.poll(address).toBe('/exam/a7')
  expect(host.inputsOf('exam.start')).toEqual([{ mode: 'real', extraTime: 1 }])
})

test('more time is a choice that says how many minutes it gives', async () => {
  const { host } = await examPage()
  await page.getByText('1.25×').click()
  await expect.element(page.getByRole('radio', { name: /1.25×.*112 min/ })).toBeChecked()
  await page.getByRole('button', { name: 'Start a mock exam' }).click()
  await expect.poll(() => host.inputsOf('exam.start')).toEqual([{ mode: 'real', extraTime: 1.25 }])
})

test('an exam that cannot start says why', async () => {
  const { address } = await examPage({ refuses: true })
  await page.getByRole('button', { name: 'Start a mock exam' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('There are too few items.')
  expect(address()).toBe('/exam')
})

test('questions that cannot be read are a problem, and can be read again', async () => {
  let isBroken = true
  const host = new FakeHost({
    calls: {
      'exam.blueprint': async () => {
        if (isBroken) throw refusal('bank.yaml is broken.')
        return blueprint()
      },
      'exam.list': async () => [],
    },
  })
  await show(<ExamPage />, { host })
  await expect.element(page.getByRole('alert')).toHaveTextContent('bank.yaml is broken.')
  isBroken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(page.getByRole('button', { name: 'Start a mock exam' })).toBeVisible()
})

test('exhibits have a title, and code is as it was written', async () => {
  const { container } = await show(
    <Exhibits
      exhibits={[
        { kind: 'dockerfile', text: 'FROM alpine\n  RUN true\n' },
        { kind: 'output', title: 'docker ps', text: 'NAMES' },
      ]}
    />,
  )
  await expect.element(page.getByText('Dockerfile')).toBeVisible()
  await expect.element(page.getByText('docker ps')).toBeVisible()
  expect(container.querySelector('pre')?.textContent).toBe('FROM alpine\n  RUN true')
})

test('a drawing of machines is read out in words', async () => {
  await show(
    <Exhibits
      exhibits={[
        {
          kind: 'topology',
          nodes: [
            { id: 'n1', kind: 'manager' },
            { id: 'n2', label: 'Worker', kind: 'worker' },
          ],
          links: [{ from: 'n1', to: 'n2', label: '2377' }],
        },
      ]}
    />,
  )
  await expect
    .element(page.getByRole('img'))
    .toHaveAccessibleName('n1 (manager), Worker (worker). Connected: n1 to Worker (2377).')
})
