/** A student finds the way through the steps of a lab: checks in sight, starts at any step, solutions, code that runs. */
import { expect, test } from './app'
import { LabOnPage } from './lab-page'

const LIFE = '/labs/container-life'
const TITLE = 'The life of a container'

test('a lab begins at a later step, whose nodes are as the steps before leave them', async ({
  app: { page },
}) => {
  test.setTimeout(180_000)
  const open = await LabOnPage.at(page, LIFE, '3. Pause is not stop')
  await expect(page.getByRole('heading', { level: 2, name: 'Pause is not stop' })).toBeVisible()
  await open.promptIsBack()
  await open.type('docker ps --format "{{.Names}}" | sort | xargs')
  expect(await open.screen()).toContain('site web')

  await page.getByRole('button', { name: 'Step 3 of 5' }).click()
  await expect(page.getByRole('button', { name: /^Step 1: .*done for you$/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Step 5: .*locked$/ })).toBeDisabled()
  await page.getByRole('button', { name: 'Step 3 of 5' }).click()

  const strip = page.getByRole('button', { name: /^Checks/ })
  await expect(strip).toContainText('0 of 2')
  await open.type('docker pause web\ndocker stop site')
  await expect(strip).toContainText('This step is done.')
  await page.locator('.terminal-view:not([hidden]) .xterm-helper-textarea').focus()
  await page.keyboard.type('touch /root/leaked')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'What the exit codes say' })).toBeVisible()
  await page.keyboard.press('Control+C')
  await open.type('docker unpause web\nls /root/leaked')
  expect(await open.screen()).toContain("cannot access '/root/leaked'")

  await page.getByRole('button', { name: 'Step 4 of 5' }).click()
  await page.getByRole('button', { name: /^Step 3:/ }).click()
  await expect(strip).toContainText('The lab has moved on since.')
  await expect(open.check('web is paused')).toHaveAttribute('data-state', 'past')

  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Reset the lab' }).click()
  await page
    .getByRole('dialog')
    .getByLabel('Begin at')
    .selectOption({ label: '2. Look inside while it runs' })
  await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Look inside while it runs' })).toBeVisible()
  await open.promptIsBack()
  await expect(open.check('The page says hello')).toHaveAttribute('data-state', 'red')
  await expect(open.check('web still runs')).toHaveAttribute('data-state', 'green')
})

test('a step is reset by itself: its nodes are new, and those before it are done', async ({
  app: { page },
}) => {
  test.setTimeout(180_000)
  const open = await LabOnPage.at(page, LIFE, '2. Look inside while it runs')
  await open.promptIsBack()
  await open.type('docker rm -f web\ntouch /root/left-behind')
  await expect(open.check('web still runs')).not.toHaveAttribute('data-state', 'green')

  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Reset this step' }).click()
  const dialog = page.getByRole('dialog', { name: 'Reset step 2?' })
  await expect(dialog).toContainText('Everything in the nodes now is lost')
  await dialog.getByRole('button', { name: 'Reset the step' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Look inside while it runs' })).toBeVisible()
  await open.promptIsBack()
  await expect(open.check('web still runs')).toHaveAttribute('data-state', 'green')
  await open.type('ls /root/left-behind')
  expect(await open.screen()).toContain("cannot access '/root/left-behind'")
  await page.getByRole('button', { name: 'Step 2 of 5' }).click()
  await expect(page.getByRole('button', { name: /^Step 1: .*done for you$/ })).toBeVisible()
})

test('who begins in the middle is told at the end which steps are left, and continues a lab that was left', async ({
  app: { page },
}) => {
  test.setTimeout(240_000)
  const open = await LabOnPage.at(page, LIFE, '5. Rename, remove, prune')
  await open.promptIsBack()
  await open.type('docker unpause web\ndocker rename web front\ndocker container prune -f')
  await expect(page.getByText('You have done step 5. Steps 1 to 4 were done for you.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Next lab: / })).toBeVisible()
  await page.getByRole('button', { name: 'Begin at step 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click()

  await expect(page.getByRole('heading', { level: 2, name: 'Create it, then start it' })).toBeVisible()
  await open.promptIsBack()
  await open.type('docker run -d --name web nginx')
  await expect(page.getByRole('button', { name: 'Next step' })).toBeEnabled()
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await page.getByLabel('Your note on this lab').fill('web is the name')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Labs' })).toBeVisible()
  await expect(page.getByRole('button', { name: `Continue at step 2: ${TITLE}` })).toBeVisible()
  await page.getByRole('link', { name: TITLE }).click()
  await expect(page.getByText('2 of 5 steps done')).toBeVisible()
  await expect(page.getByLabel('Your note on this lab')).toHaveValue('web is the name')
  await page.getByRole('button', { name: 'Continue at step 2' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Look inside while it runs' })).toBeVisible()
})

test('code never runs in a program: a second terminal is offered', async ({ app: { page } }) => {
  const open = await LabOnPage.at(page, LIFE)
  await open.promptIsBack()
  await page.getByRole('button', { name: 'Show the solution' }).click()
  await page.getByRole('button', { name: 'Show it' }).click()
  const run = page.getByRole('list', { name: 'Solution' }).getByRole('button', { name: /^Run/ })
  // The dialog gives the focus back when it has gone.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.locator('.terminal-view:not([hidden]) .xterm-helper-textarea').focus()
  await page.keyboard.type('cat > /root/eaten')
  await expect.poll(() => open.screen()).toContain('cat > /root/eaten')
  await page.keyboard.press('Enter')
  await run.click()
  const question = page.getByRole('dialog', { name: 'node1 is busy' })
  await question.getByRole('button', { name: 'Open a second terminal' }).click()
  await expect(page.getByRole('tab')).toHaveCount(2)
  await expect(open.check('It runs')).toHaveAttribute('data-state', 'green')
  await open.type('wc -c /root/eaten')
  expect(await open.screen()).toContain('0 /root/eaten')
})

test('each part of a solution runs on its own node', async ({ app: { page } }) => {
  test.setTimeout(240_000)
  const open = await LabOnPage.at(page, '/labs/form-a-swarm', '2. Let the workers in')
  await expect(page.getByRole('heading', { level: 2, name: 'Let the workers in' })).toBeVisible()
  await open.promptIsBack()
  await page.getByRole('tab', { name: 'worker1' }).click()
  await page.getByRole('button', { name: 'Run on manager1: docker node ls' }).click()
  await expect(page.getByRole('tab', { name: 'manager1' })).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => open.screen()).toContain('MANAGER STATUS')

  await page.getByRole('button', { name: 'Show the solution' }).click()
  await page.getByRole('button', { name: 'Show it' }).click()
  const solution = page.getByRole('list', { name: 'Solution' })
  await expect(solution.locator('.code-node')).toHaveText(['manager1', 'worker1', 'worker2'])
  await expect(solution.getByRole('button', { name: /^Run/ })).toHaveCount(1)
  await solution.getByRole('button', { name: 'Run on manager1: docker swarm join-token worker' }).click()
  await expect.poll(() => open.screen()).toContain('SWMTKN-1')
})
