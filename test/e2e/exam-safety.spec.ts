import { type App, expect, test } from './app'
import { ExamOnPage, LineOfPage, nearlyOver } from './exam-on-page'

async function startExam({ page }: App): Promise<ExamOnPage> {
  await page.getByRole('link', { name: 'Exam', exact: true }).click()
  await page.getByRole('button', { name: 'Start a mock exam' }).click()
  await page.getByRole('heading', { name: 'Item 1 of 55' }).waitFor()
  return new ExamOnPage(page)
}

test('an exam has no navigation, and its badge leads back from every other page', async ({ app }) => {
  const { page } = app
  await startExam(app)
  await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Leave for now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'Item 1 of 55' })).toBeVisible()
  await page.getByRole('button', { name: 'Leave for now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave for now' }).click()
  await expect(page.getByText('one exam runs at a time')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start a mock exam' })).toBeDisabled()
  await page.getByRole('link', { name: 'Hands-on', exact: true }).click()
  await expect(page.getByText('one exam runs at a time')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Start: / }).first()).toBeDisabled()
  await page.getByRole('link', { name: 'Progress', exact: true }).click()
  await page.getByRole('link', { name: /^Mock exam · \d+ min$/ }).click()
  await expect(page.getByRole('heading', { name: 'Item 1 of 55' })).toBeVisible()
})

test('the badge goes when the time is up', async ({ app }) => {
  const { page } = app
  await page.getByRole('link', { name: 'Exam', exact: true }).waitFor()
  const attemptId = await nearlyOver(app, 12_000)
  await page.evaluate((id) => {
    window.location.hash = `#/exam/${id}`
  }, attemptId)
  await page.getByRole('button', { name: 'Leave for now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave for now' }).click()
  await expect(page.getByRole('link', { name: /^Mock exam · 0:/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Mock exam · / })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Start a mock exam' })).toBeEnabled()
})

test('two quick presses of N answer at most one option', async ({ app, shell }) => {
  test.skip(shell === 'desktop', 'what is sent is read from the socket')
  const { page } = app
  const sent: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))))
  await page.reload()
  const exam = await startExam(app)
  while (await exam.isDomc()) await exam.answerItem()
  const before = await exam.place()
  await page.keyboard.press('n')
  await page.keyboard.press('n')
  expect(await exam.place()).toBe(before)
  while (!(await exam.isDomc())) await exam.answerItem()
  await expect(page.locator('.option-alone')).toHaveAttribute('data-ready', 'true')
  const decided = () => sent.filter((frame) => frame.includes('exam.decide')).length
  const earlier = decided()
  await page.keyboard.press('n')
  await page.keyboard.press('n')
  await page.keyboard.press('f')
  await expect.poll(() => sent.filter((frame) => frame.includes('exam.flag')).length).toBe(1)
  expect(decided()).toBe(earlier + 1)
})

test('an answer that was given while the line was down is sent after a reload', async ({ app, shell }) => {
  test.skip(shell === 'desktop', 'the desktop page has no line that could be lost')
  const { page } = app
  const line = await LineOfPage.of(page)
  await page.reload()
  const exam = await startExam(app)
  while (await exam.isDomc()) await exam.answerItem()
  await line.cut()
  await page.getByText('The connection to Capstan was lost.').waitFor()
  await page.keyboard.press('2')
  await expect(page.locator('.option input').nth(1)).toBeChecked()
  await page.reload()
  line.restore()
  await expect(page.locator('.option input').nth(1)).toBeChecked()
  await page.reload()
  await expect(page.locator('.option input').nth(1)).toBeChecked()
})

test.describe('after an exam in which some items were missed', () => {
  test.use({
    seeded: {
      attempts: [
        { id: 'first', mode: 'real', daysAgo: 9, length: 55, knows: (_item, index) => index >= 20 },
        { id: 'second', mode: 'real', daysAgo: 2, length: 55, knows: (_item, index) => index >= 14 },
      ],
    },
  })

  test('its result says what comes next, and begins it', async ({ app: { page } }) => {
    await page.getByRole('link', { name: 'Exam', exact: true }).click()
    await page
      .getByRole('link', { name: /^Result of/ })
      .first()
      .click()
    await expect(page.getByText('This one has 11 points more.')).toBeVisible()
    await expect(
      page.getByRole('heading', { name: /^Objectives (that you missed most|of what you missed)$/ }),
    ).toBeVisible()
    await page.getByRole('link', { name: 'Networking', exact: true }).click()
    await expect(page.getByRole('combobox', { name: 'Domain' })).toHaveValue('networking')
    await page.goBack()
    await page.getByRole('button', { name: 'Practise the 14 you missed' }).click()
    await expect(page.getByRole('heading', { name: 'Item 1 of 14' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Practice', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    )
    await page.getByRole('button', { name: 'End drill' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End drill' }).click()
    // A drill without an answer is not kept.
    await expect(page.getByText('No practice yet.')).toBeVisible()
  })
})
