import { expect, test } from './app'
import { ExamOnPage } from './exam-on-page'
import { LabOnPage } from './lab-page'

test('a newcomer starts at the beginning of the path, and is shown round in a real lab', async ({
  app: { page },
}) => {
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  await expect(page.getByRole('region', { name: 'Start here' })).toContainText('The life of a container')
  await page.getByRole('button', { name: 'Take the tour' }).click()
  const tour = page.getByRole('region', { name: 'Tour' })
  await expect(tour).toContainText('Tour, 1 of 5')
  await new LabOnPage(page).promptIsBack()
  await tour.getByRole('button', { name: 'Next' }).press('Enter')
  await expect(page.locator('[data-tour="here"]')).toHaveAttribute('data-pane', 'terminal')
  for (const part of ['checks', 'help', 'checks']) {
    await tour.getByRole('button', { name: 'Next' }).press('Enter')
    await expect(page.locator('[data-tour="here"]')).toHaveAttribute('data-part', part)
  }
  await page.keyboard.press('Escape')
  await expect(tour).toBeHidden()
  await page.keyboard.press('F1')
  await page
    .getByRole('dialog', { name: 'Keys' })
    .getByRole('button', { name: 'Take the tour again' })
    .click()
  await expect(tour).toContainText('Tour, 1 of 5')
  await page.keyboard.press('Escape')
  await expect(tour).toBeHidden()

  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Open now' })).toContainText('of 5 steps')
  await expect(page.getByRole('region', { name: 'Next on your path' })).toContainText('Volumes, mounts')
  await page.getByRole('button', { name: 'Stop: The life of a container' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('region', { name: 'Start here' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'New here?' }).getByRole('listitem').first()).toContainText(
    'You know some Docker already',
  )
})

test('a placement test that was left is continued and says where to begin, and the day of the exam what each day asks', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  await page.getByRole('button', { name: 'Take the placement test' }).click()
  await expect(page.getByRole('heading', { name: 'Item 1 of 20' })).toBeVisible()
  const exam = new ExamOnPage(page)
  await exam.answerItem()
  // It is left in its middle, and continued on another day.
  await page.getByRole('button', { name: /^Pause/ }).click()
  await expect(page.getByRole('region', { name: 'Continue' })).toContainText('Placement test')
  await app.restart()
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await page.getByRole('button', { name: /^Continue: Placement test/ }).click()
  await expect(page.getByText('1 of 20 answered')).toBeVisible()
  await page.getByRole('button', { name: 'End placement test' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End placement test' }).click()
  await page.getByRole('link', { name: 'See where to begin in each domain' }).click()
  const begin = page.getByRole('list', { name: 'Where to begin in each domain' })
  await expect(begin).toContainText('of 1 right')
  await expect(begin).toContainText('no answers: begin at the start')
  await page.getByLabel('Day of the exam').fill('2099-01-01')
  await expect(page.getByRole('list', { name: 'Plan' }).getByRole('listitem').first()).toContainText('Today')
})

test('the search finds a lab, a step, an objective and a command, and no question that was not seen', async ({
  app: { page },
}) => {
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor({ timeout: 90_000 })
  await page.keyboard.press('/')
  const dialog = page.getByRole('dialog', { name: 'Search' })
  await expect(dialog.getByRole('searchbox')).toBeFocused()
  await dialog.getByRole('searchbox').fill('swarm')
  for (const kind of ['Labs', 'Steps of labs', 'Objectives', 'Commands'])
    await expect(dialog.getByRole('region', { name: kind, exact: true })).toBeVisible()
  await expect(dialog.getByRole('region', { name: 'Questions that you have seen' })).toHaveCount(0)
  await dialog.getByRole('searchbox').fill('unlock-key --rotate')
  await dialog.getByRole('link', { name: 'docker swarm unlock-key --rotate' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Lock a swarm')
  await expect(page.getByText('too few answers', { exact: false })).toBeVisible()
})
