/** A student follows a swarm on the live map, breaks it, and looks into its things. */
import { expect, test } from './app'
import { violations } from './axe'
import { LabOnPage } from './lab-page'

/** The delays are short, so that tasks move quickly; the endpoint mode works on every kernel. */
const SERVICE =
  'docker service create -d --name web --replicas 2 --endpoint-mode dnsrr --stop-grace-period 100ms --restart-delay 100ms nginx'

test('a swarm is on the map: a service is scaled, a node drained, another one killed', async ({
  app: { page },
}) => {
  const lab = await LabOnPage.start(page, 'Services, tasks and self-healing')
  await page.getByRole('button', { name: 'Map', exact: true }).click()
  const node = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}: `) })
  await expect(node('manager1')).toHaveAccessibleName('manager1: leader, running')
  await expect(node('worker2')).toHaveAccessibleName('worker2: worker, running')

  await lab.type(SERVICE)
  const service = page.getByRole('button', { name: /^Service web/ })
  await expect(service).toHaveAccessibleName(/2\/2 tasks run/, { timeout: 60_000 })
  await lab.type('docker service scale -d web=3')
  await expect(service).toHaveAccessibleName(/3\/3 tasks run/, { timeout: 60_000 })
  for (const name of ['manager1', 'worker1', 'worker2'])
    await expect(node(name).getByRole('button', { name: /^Container web\.\d nginx/ })).toHaveCount(1)

  await lab.type('docker node update --availability drain worker1')
  await expect(node('worker1')).toHaveAccessibleName('worker1: worker, running, drained')
  await expect(node('worker1').getByRole('button', { name: /^Container web.*running/ })).toHaveCount(0)
  await expect(service).toHaveAccessibleName(/3\/3 tasks run/, { timeout: 60_000 })

  await page
    .getByRole('list', { name: 'Nodes' })
    .getByRole('button', { name: /^worker2/ })
    .click()
  await page.getByRole('menuitem', { name: 'Kill' }).click()
  await expect(node('worker2')).toHaveAccessibleName(/killed/)
  await expect(node('worker2')).toHaveAccessibleName(/down for the swarm/, { timeout: 60_000 })
  const onManager = node('manager1').getByRole('button', { name: /^Container web\.\d .*running/ })
  await expect(onManager).toHaveCount(3, { timeout: 60_000 })
})

test('a thing on the map shows what the engine says of it, and a published port its page', async ({
  app: { page },
}) => {
  const lab = await LabOnPage.start(page, 'Ports and the rules behind them')
  await page.getByRole('button', { name: 'Map', exact: true }).click()
  await lab.type('docker run -d --name front -p 8088:80 -v data:/data nginx')
  const container = page.getByRole('button', { name: 'Container front nginx running' })
  await container.focus()
  await page.keyboard.press('Enter')
  const details = page.getByRole('dialog', { name: 'Container front' })
  await expect(details.getByRole('region', { name: 'Container front as JSON' })).toContainText(
    '"Name": "/front"',
  )
  await page.keyboard.press('Escape')
  await expect(container).toBeFocused()

  await page.getByText('Table', { exact: true }).click()
  const row = page.getByRole('table', { name: 'Containers and tasks' }).getByRole('row', { name: /^front/ })
  await expect(row).toContainText('8088 → 80')
  await expect(row).toContainText('data')
  await lab.type('docker rm -f front')
  await expect(row).toHaveCount(0)
  await lab.type('docker run -d --name front -p 8088:80 nginx')
  await page.getByText('Drawing', { exact: true }).click()
  await page.getByRole('button', { name: 'Open port 8088 → 80 of node1' }).click()
  const frame = page.frameLocator('iframe[title="Port 8088 of node1"]')
  await expect(frame.getByRole('heading')).toHaveText('Welcome to nginx!')
})

test('a word of a text opens the map and points to its thing', async ({ app: { page } }) => {
  await LabOnPage.start(page, 'Overlay networks and discovery')
  const map = page.getByRole('region', { name: 'Map', exact: true })
  await expect(map).toHaveCount(0)
  await page.getByRole('button', { name: 'ingress (shows it on the map)' }).click()
  await expect(map.getByText('ingress is marked on the map.')).toBeAttached()
  await expect(map.locator('[data-thing="network:ingress"]').first()).toHaveAttribute('data-pointed', 'true')
})

for (const theme of ['dark', 'light'] as const)
  test(`axe finds nothing serious on the map in the ${theme} theme`, async ({ app: { page } }) => {
    await page.emulateMedia({ colorScheme: theme })
    const lab = await LabOnPage.start(page, 'Ports and the rules behind them')
    await page.getByRole('button', { name: 'Map', exact: true }).click()
    await lab.type('docker run -d --name front -p 8088:80 -v data:/data nginx')
    await expect(page.getByRole('button', { name: 'Open port 8088 → 80 of node1' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.getByText('Table', { exact: true }).click()
    await expect(page.getByRole('table', { name: 'Nodes' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })
