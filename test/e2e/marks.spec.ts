import { expect, test } from './app'

test.use({
  seeded: {
    attempts: [{ id: 'exam', mode: 'real', daysAgo: 2, length: 55, knows: (_item, index) => index >= 4 }],
  },
})

test('a bookmark, a note and a report are made on a question, and lead back to it', async ({
  app,
  shell,
}) => {
  const { page } = app
  if (shell === 'web') await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('link', { name: 'Practice', exact: true }).click()
  await page.getByRole('link', { name: 'The questions that you have seen' }).click()
  await expect(page.getByText('55 questions')).toBeVisible()
  await page.locator('.reviewed-item button').first().click()
  await page.getByRole('button', { name: 'Bookmark' }).click()
  await expect(page.getByRole('button', { name: 'Bookmark', pressed: true })).toBeVisible()
  await page.getByRole('button', { name: 'Note' }).click()
  await page.getByLabel('Your note, for you alone').fill('look at this before the exam')
  await page.keyboard.press('Tab')
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Copy a report of a fault' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  if (shell === 'web')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('What is wrong with it:')
  await page.reload()
  await page.getByText('Bookmarked 1').click()
  await expect(page.getByText('1 question', { exact: true })).toBeVisible()
  await page.getByText('Missed 4').click()
  await expect(page.getByText('4 questions')).toBeVisible()
  await page.getByText('Seen 55').click()
  await page.getByRole('searchbox').fill('BEFORE the exam look')
  await expect(page.getByText('1 question', { exact: true })).toBeVisible()
  await page.getByRole('searchbox').fill('')
  await page.getByText('With a note 1').click()
  // A sheet has every explanation that is shown.
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await expect(page.getByRole('region', { name: 'Explanation' })).toBeVisible()
  await expect(page.locator('.note-print')).toHaveText('look at this before the exam')
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  await page.getByRole('button', { name: 'Practise these' }).click()
  await expect(page.getByRole('heading', { name: 'Item 1 of 1' })).toBeVisible()
})

test('during a real exam there are no marks', async ({ app: { page } }) => {
  await page.getByRole('link', { name: 'Exam', exact: true }).click()
  await page.getByRole('button', { name: 'Start a mock exam' }).click()
  await page.getByRole('heading', { name: 'Item 1 of 55' }).waitFor()
  await expect(page.getByRole('button', { name: 'Bookmark' })).toHaveCount(0)
  await page.evaluate(() => {
    window.location.hash = '#/questions'
  })
  await expect(page.getByText('A real exam is not over yet.')).toBeVisible()
})
