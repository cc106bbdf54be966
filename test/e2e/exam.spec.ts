import type { Page } from '@playwright/test'
import { type App, expect, test } from './app'
import { violations } from './axe'
import { ExamOnPage, LineOfPage, nearlyOver } from './exam-on-page'

/** The address of the page with another route. */
async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, route)
}

async function startExam({ page }: App): Promise<ExamOnPage> {
  await page.getByRole('link', { name: 'Exam', exact: true }).click()
  await page.getByRole('button', { name: 'Start a mock exam' }).click()
  await page.getByRole('heading', { name: 'Item 1 of 55' }).waitFor()
  return new ExamOnPage(page)
}

async function startPractice({ page }: App): Promise<ExamOnPage> {
  await page.getByRole('link', { name: 'Practice', exact: true }).click()
  await page.getByRole('button', { name: 'Start practice' }).click()
  await page.getByRole('heading', { name: 'Item 1 of 10' }).waitFor()
  return new ExamOnPage(page)
}

/** Answers items until the current one is a classic item. */
async function untilClassic(exam: ExamOnPage): Promise<void> {
  while (await exam.isDomc()) await exam.answerItem()
}

test('a mock exam is sat by keyboard alone, from its start to its result', async ({ app: { page } }) => {
  const exam = new ExamOnPage(page)
  await page.getByRole('link', { name: 'Exam', exact: true }).waitFor()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await exam.tabTo('Exam')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Mock exam' })).toBeFocused()
  await exam.tabTo('Start a mock exam')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Item 1 of 55' })).toBeFocused()
  for (let item = 1; item <= 55; item++) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Item ${item} of 55`)
    await exam.answerItem()
  }
  await expect(page.getByRole('heading', { name: 'Review' })).toBeFocused()
  await expect(page.getByText('Every item has an answer.')).toBeVisible()
  await exam.tabTo('End exam')
  await page.keyboard.press('Enter')
  // The key that opened the question does not answer it.
  await expect(page.getByRole('button', { name: 'Continue' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Result of the mock exam' })).toBeFocused()
  await expect(page.getByText(/^\d+ of 55 items right, 65\u00a0% needed$/)).toBeVisible()
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(7)
  await expect(page.locator('.reviewed-item')).toHaveCount(55)
  await page.locator('.reviewed-item button').first().press('Enter')
  await expect(page.getByRole('region', { name: 'Explanation' })).toBeVisible()
})

test('practice explains an item as soon as it is answered', async ({ app }) => {
  const { page } = app
  const exam = await startPractice(app)
  await expect(page.getByRole('region', { name: 'Explanation' })).toHaveCount(0)
  // Practice also has types of items that the exam does not have.
  while ((await page.locator('.option').count()) === 0) {
    if (await exam.isDomc()) {
      await exam.sayYes()
      await expect(page.getByRole('region', { name: 'Explanation' })).toBeVisible()
    }
    await exam.pressOn('ArrowRight')
  }
  await page.keyboard.press('1')
  await expect(page.locator('.option').first()).toHaveAttribute('data-chosen', 'true')
  await page.keyboard.press('Enter')
  await expect(page.locator('.verdict')).toBeFocused()
  await expect(page.getByRole('region', { name: 'Explanation' })).toContainText('Source:')
  await expect(page.getByRole('list', { name: 'Options' })).toContainText(/(True|False)\. You chose it/)
  await expect(page.getByRole('listitem').filter({ hasText: 'True.' })).not.toHaveCount(0)
})

test('a reload comes back to the same item with the same answers', async ({ app }) => {
  const { page } = app
  const exam = await startExam(app)
  await untilClassic(exam)
  await page.keyboard.press('2')
  await page.keyboard.press('f')
  await expect(page.getByRole('button', { name: 'Flag', pressed: true })).toBeVisible()
  const before = await exam.place()
  const answered = await page.getByText(/\d+ of 55 answered/).textContent()
  await page.reload()
  await expect.poll(() => exam.place()).toBe(before)
  await expect(page.locator('.option input').nth(1)).toBeChecked()
  await expect(page.getByRole('button', { name: 'Flag', pressed: true })).toBeVisible()
  await expect(page.getByText(answered ?? '')).toBeVisible()
})

test('what is answered while the line to the host is lost is told when it is back', async ({
  app,
  shell,
}) => {
  test.skip(shell === 'desktop', 'the desktop page has no line that could be lost')
  const { page } = app
  const line = await LineOfPage.of(page)
  await page.reload()
  const exam = await startExam(app)
  await untilClassic(exam)
  await line.cut()
  const lost = page.getByText('The connection to Capstan was lost.')
  await lost.waitFor()
  await page.keyboard.press('2')
  await page.keyboard.press('f')
  line.restore()
  await expect(page.getByRole('button', { name: 'Flag', pressed: true })).toBeVisible()
  await expect(lost).toHaveCount(0)
  await page.reload()
  await expect(page.locator('.option input').nth(1)).toBeChecked()
})

test('keys that are meant for something else do not answer', async ({ app }) => {
  const { page } = app
  const exam = await startExam(app)
  await untilClassic(exam)
  const before = await exam.place()
  await page.keyboard.press('Control+1')
  await page.keyboard.press('Control+ArrowRight')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('1')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await exam.place()).toBe(before)
  await expect(page.locator('.option input:checked')).toHaveCount(0)
})

test('the second half of a double press does not answer the option that came with the first', async ({
  app,
  shell,
}) => {
  test.skip(shell === 'desktop', 'what is sent is read from the socket')
  const { page } = app
  const sent: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))))
  const exam = await startExam(app)
  while (!(await exam.isDomc())) await exam.answerItem()
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  // The key comes together with the change: no key can be quicker.
  await page.evaluate(() => {
    const press = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'y' }))
    const watch = new MutationObserver(press)
    watch.observe(document.querySelector('.delivery-body') as Node, { childList: true, subtree: true })
  })
  await expect(page.locator('.option-alone')).toHaveAttribute('data-ready', 'true')
  await exam.pressOn('y')
  await page.keyboard.press('f')
  await expect.poll(() => sent.filter((frame) => frame.includes('exam.flag')).length).toBe(1)
  expect(sent.filter((frame) => frame.includes('exam.decide'))).toHaveLength(1)
})

test('two windows on one attempt show the same', async ({ app, shell }) => {
  test.skip(shell === 'desktop', 'the desktop app has one window')
  const { page } = app
  const exam = await startExam(app)
  await untilClassic(exam)
  const other = await app.another()
  await goTo(other, new URL(page.url()).hash)
  const second = new ExamOnPage(other)
  await expect.poll(() => second.place()).toBe(await exam.place())
  await page.keyboard.press('1')
  await expect(other.locator('.option input').first()).toBeChecked()
  await other.keyboard.press('2')
  await expect(page.locator('.option input').nth(1)).toBeChecked()
  await second.pressOn('ArrowRight')
  await expect.poll(() => exam.place()).toBe(await second.place())
})

test('a warning is told when the last minute begins, and the time can be hidden', async ({ app }) => {
  const { page } = app
  await page.getByRole('link', { name: 'Exam', exact: true }).waitFor()
  const attemptId = await nearlyOver(app, 66_000)
  await goTo(page, `#/exam/${attemptId}`)
  await expect(page.getByRole('timer')).toHaveText(/^1:0\d$/)
  await expect(page.getByText('1 minute left')).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByRole('button', { name: 'Show the time left' })).toBeVisible()
})

test('an exam whose time is up is submitted, and its address leads to the result', async ({ app }) => {
  const { page } = app
  await page.getByRole('link', { name: 'Exam', exact: true }).waitFor()
  const attemptId = await nearlyOver(app, 6_000)
  await goTo(page, `#/exam/${attemptId}`)
  await page.getByRole('heading', { name: 'Item 1 of 5' }).waitFor()
  await expect(page.getByRole('heading', { name: 'Result of the mock exam' })).toBeVisible()
  await expect(page.getByText('Ended by the clock')).toBeVisible()
  await goTo(page, '#/exam')
  await expect(page.getByRole('cell', { name: 'Not passed' })).toBeVisible()
  await goTo(page, `#/exam/${attemptId}`)
  await expect(page).toHaveURL(new RegExp(`#/exam/${attemptId}/result$`))
})

test('an attempt that does not exist says so', async ({ app: { page } }) => {
  await page.getByRole('link', { name: 'Exam', exact: true }).waitFor()
  await goTo(page, '#/exam/nothing')
  await expect(page.getByText('There is no such exam.')).toBeVisible()
  await page.getByRole('button', { name: 'To the exams' }).click()
  await expect(page.getByRole('heading', { name: 'Mock exam' })).toBeVisible()
})

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on the exam's pages in the ${theme} theme`, async ({ app }) => {
    const { page } = app
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.getByRole('link', { name: 'Practice', exact: true }).click()
    await page.getByRole('button', { name: 'Start drill' }).waitFor()
    expect(await violations(page)).toEqual([])
    const exam = await startExam(app)
    await untilClassic(exam)
    await page.keyboard.press('1')
    await page.keyboard.press('f')
    expect(await violations(page)).toEqual([])
    while (!(await exam.isDomc())) await exam.answerItem()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('r')
    await page.getByRole('heading', { name: 'Review' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'End exam' }).first().click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'End mock exam' }).click()
    await page.locator('.reviewed-item button').first().click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'To the exams' }).click()
    await page.getByRole('heading', { name: 'History' }).waitFor()
    expect(await violations(page)).toEqual([])
  })
}
