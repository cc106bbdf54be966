/** A student switches the nodes of a lab and looks into them. */
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from './app'
import { LabOnPage } from './lab-page'

test('a published port is offered, shown in a tab, and answers on loopback', async ({ app: { page } }) => {
  const lab = await LabOnPage.start(page, 'Ports and the rules behind them')
  await lab.type('docker run -d --name front -p 8088:80 nginx')
  const node = page.getByRole('list', { name: 'Nodes' }).getByRole('button')
  await expect(node).toContainText(':8088')
  await node.click()
  await page.getByRole('menuitem', { name: 'Open port 8088' }).click()
  const frame = page.frameLocator('iframe[title="Port 8088 of node1"]')
  await expect(frame.getByRole('heading')).toHaveText('Welcome to nginx!')

  const url = (await page.getByRole('link', { name: 'Open in a new tab' }).getAttribute('href')) ?? ''
  expect(await ask(url)).toMatchObject({ status: 200 })
  expect(await ask(url, 'attacker.example')).toMatchObject({ status: 421 })

  await page.getByRole('tab', { name: 'node1', exact: true }).click()
  await lab.type('docker rm -f front')
  const nobody = 'Nothing answers on port 8088 of node1.'
  await expect.poll(() => ask(url)).toEqual({ status: 502, body: expect.stringContaining(nobody) })
})

/**
 * Asks for the first page, over a new connection, because a kept one would end with its container. The system may not
 * know the name of a door; a browser does.
 */
async function ask(url: string, host = new URL(url).host): Promise<{ status?: number; body: string }> {
  return await new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${new URL(url).port}/`, { agent: false, headers: { host } }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, body }), reject)
    }).once('error', reject)
  })
}

test('a node is stopped and started from its menu, by keyboard', async ({ app: { page } }) => {
  await LabOnPage.start(page, 'Ports and the rules behind them')
  const node = page.getByRole('list', { name: 'Nodes' }).getByRole('button')
  await node.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Stop' }).press('Enter')
  await expect(node).toContainText('stopped')
  // The engine announces the stop before the call that asked for it has ended. Until then the menu waits.
  await expect(node).toBeEnabled()
  await node.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Start' }).press('Enter')
  await expect(node).toHaveAccessibleName(/running/)
})

test('a swarm lab has a terminal for each node, and the swarm sees that one was killed', async ({
  app: { page },
}) => {
  const lab = await LabOnPage.start(page, 'Services, tasks and self-healing')
  await expect(page.getByRole('button', { name: /^Close terminal/ })).toHaveCount(3)
  await lab.type('docker service create -d --name web --replicas 2 --endpoint-mode dnsrr nginx')
  for (const name of ['The service web wants 2 replicas of nginx', '2 tasks of it run'])
    await expect(lab.check(name)).toHaveAttribute('data-state', 'green', { timeout: 60_000 })
  const worker = page.getByRole('list', { name: 'Nodes' }).getByRole('button', { name: /^worker2/ })
  await worker.click()
  await page.getByRole('menuitem', { name: 'Kill' }).click()
  await expect(worker).toContainText('stopped')
  await lab.type("until docker node ls | grep -q 'worker2 *Down'; do sleep 0.2; done; docker node ls")
  expect(await lab.screen()).toContain('Down')
})
