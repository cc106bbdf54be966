import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { LabDetail, LabSummary, SessionView } from '../../../main/api'
import { FakeHost, Feed, refusal } from '../../testing/host.test-kit'
import {
  check,
  labDetail,
  labStep,
  labSummary,
  node,
  session,
  step,
  terminal,
} from '../../testing/lab-samples.test-kit'
import { path, pathStep } from '../../testing/path-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { LabPage } from './lab-page'

interface Start {
  readonly summary?: Partial<LabSummary>
  readonly view?: SessionView
  readonly detail?: Partial<LabDetail>
  /** When the nodes are gone after a stop. */
  readonly stopped?: Promise<void>
}

const PATH = path({
  steps: [
    pathStep({ id: 'ports', title: 'Ports' }),
    pathStep({ kind: 'drill', id: 'NET-05' }),
    pathStep({ waitsFor: [{ id: 'ports', title: 'Ports' }] }),
  ],
})

const AT_STEP_2 = session({
  currentStep: 'stop',
  steps: [step({ state: 'done' }), step({ id: 'stop', checks: [] })],
})

const STOPPED = { stepsDone: 1, continueAt: { stepId: 'stop', number: 2 } }

async function labPage({
  summary = { sessionId: 's1' },
  view = session(),
  detail = {},
  stopped = Promise.resolve(),
}: Start = {}) {
  const labs = new Feed([labSummary(summary)])
  const views = new Feed(view)
  const host = new FakeHost({
    calls: {
      'lab.open': async ({ labId }) => {
        if (labId !== 'container-life') throw refusal('There is no such lab.', null, 'not-found')
        return labDetail(detail)
      },
      'path.list': async () => [PATH],
      'session.start': async () => {
        labs.send([labSummary({ sessionId: 's1' })])
        return view
      },
      'session.reset': async () => view,
      'session.stop': async () => {
        await stopped
        return {}
      },
      'session.switchNode': async ({ action }) => {
        if (action === 'kill') throw refusal('The node does not answer.')
        return view
      },
    },
    streams: {
      'lab.watch': labs.watch,
      'session.watch': views.watch,
      'terminal.watch': new Feed([terminal()]).watch,
      'terminal.output': () => () => undefined,
    },
  })
  const screen = await show(<LabPage labId="container-life" />, { host, at: '/labs/container-life' })
  return { ...screen, labs, views }
}

test('a lab that is not open says what it is about, and starts', async () => {
  const { host } = await labPage({ summary: {} })
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('The life of a container')
  await expect.element(page.getByText('Stop it', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect.element(page.getByRole('region', { name: 'Instructions' })).toBeVisible()
  expect(host.inputsOf('session.start')).toEqual([{ labId: 'container-life' }])
})

test('a lab that is not open shows its facts, starts at any step, and leads back to all labs', async () => {
  const { host } = await labPage({ summary: {} })
  const facts = page.getByRole('list', { name: 'About this lab' })
  await expect.element(facts).toHaveTextContent(/^easy 15 min 1 node: node1$/)
  await expect.element(page.getByRole('link', { name: 'All labs' })).toHaveAttribute('href', '/labs')
  await page.getByLabelText('Begin at').selectOptions('2. Stop it')
  await page.getByRole('button', { name: 'Start at step 2' }).click()
  await expect
    .poll(() => host.inputsOf('session.start'))
    .toEqual([{ labId: 'container-life', stepId: 'stop' }])
})

test('a lab that was begun says what is done, and goes on with the step that is left', async () => {
  const steps = [labStep({ hasSolution: true, done: true }), labStep({ id: 'stop', title: 'Stop it' })]
  const { host } = await labPage({ summary: STOPPED, detail: { steps } })
  await expect.element(page.getByText('1 of 2 steps done')).toBeVisible()
  await expect
    .element(page.getByRole('list', { name: 'Steps' }).getByRole('img', { name: 'done' }))
    .toBeVisible()
  await page.getByRole('button', { name: 'Continue at step 2' }).click()
  await expect
    .poll(() => host.inputsOf('session.start'))
    .toEqual([{ labId: 'container-life', stepId: 'stop' }])
})

test('a lab that was begun can be started from its first step', async () => {
  const steps = [labStep({ hasSolution: true, done: true }), labStep({ id: 'stop', title: 'Stop it' })]
  const { host } = await labPage({ summary: STOPPED, detail: { steps } })
  await page.getByLabelText('Begin at').selectOptions('1. Run one')
  await page.getByRole('button', { name: 'Start again' }).click()
  await expect.poll(() => host.inputsOf('session.start')).toEqual([{ labId: 'container-life' }])
})

test('a lab that is not open names its objectives in words, and its place on the path', async () => {
  await labPage({ summary: { objectives: ['NET-05'] } })
  await expect
    .element(page.getByRole('link', { name: 'Publish a port NET-05' }))
    .toHaveAttribute('href', '/objectives/NET-05')
  await expect.element(page.getByText('Lab 2 of 2 on the path')).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Ports' })).toHaveAttribute('href', '/labs/ports')
})

test('what was done in a session is asked for when it has ended', async () => {
  const { host, labs } = await labPage()
  await expect.element(page.getByRole('region', { name: 'Instructions' })).toBeVisible()
  const before = host.inputsOf('lab.open').length
  labs.send([labSummary()])
  await expect.poll(() => host.inputsOf('lab.open')).toHaveLength(before + 1)
})

test('a lab that is not there says so, and leads to the labs', async () => {
  const host = new FakeHost({
    calls: {
      'lab.open': async () => {
        throw refusal('There is no lab x.', null, 'not-found')
      },
    },
  })
  const { address } = await show(<LabPage labId="x" />, { host, at: '/labs/x' })
  await expect.element(page.getByRole('alert')).toHaveTextContent('There is no lab x.')
  await page.getByRole('button', { name: 'To the labs' }).click()
  expect(address()).toBe('/labs')
})

test('while the nodes start, the page says what is being done', async () => {
  await labPage({ view: session({ state: 'starting', activity: 'Starting node1' }) })
  await expect.element(page.getByText('Starting node1…')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Reset' })).toBeDisabled()
})

test.each(['starting', 'resetting'] as const)('what takes nodes can be canceled: %s', async (state) => {
  const { host } = await labPage({ view: session({ state, activity: 'Step 1 of 2: Run one' }) })
  await expect.element(page.getByText('Step 1 of 2: Run one…')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => host.inputsOf('session.stop')).toEqual([{ sessionId: 's1' }])
})

test('checks change as the session reports them', async () => {
  const { views } = await labPage()
  await expect.element(page.getByTestId('check')).toHaveAttribute('data-state', 'red')
  views.send(session({ steps: [step({ checks: [check({ state: 'green' })] })] }))
  await expect.element(page.getByTestId('check')).toHaveAttribute('data-state', 'green')
})

/** Opens the menu of resets, and chooses from it. */
async function chooseReset(what: 'Reset this step' | 'Reset the lab') {
  await page.getByRole('button', { name: 'Reset' }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

test('a reset asks first, and begins with the first step', async () => {
  const { host } = await labPage({ view: AT_STEP_2 })
  await chooseReset('Reset the lab')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(host.inputsOf('session.reset')).toEqual([])
  await chooseReset('Reset the lab')
  await page.getByRole('dialog', { name: 'Reset this lab?' }).getByRole('button', { name: 'Reset' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toEqual([{ sessionId: 's1', stepId: 'run' }])
})

test('a reset can go to any step that can be reached', async () => {
  const { host } = await labPage()
  await chooseReset('Reset the lab')
  await page.getByLabelText('Begin at').selectOptions('2. Stop it')
  await expect.element(page.getByText('does the 1 step before for you')).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toEqual([{ sessionId: 's1', stepId: 'stop' }])
})

test('a step is reset by itself, after words about what is lost', async () => {
  const { host } = await labPage({ view: AT_STEP_2 })
  await chooseReset('Reset this step')
  const dialog = page.getByRole('dialog', { name: 'Reset step 2?' })
  await expect
    .element(dialog)
    .toHaveTextContent('Capstan does step 1 for you, and “Stop it” begins once more')
  await expect.element(dialog).toHaveTextContent('Everything in the nodes now is lost')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(host.inputsOf('session.reset')).toEqual([])
  await chooseReset('Reset this step')
  await dialog.getByRole('button', { name: 'Reset the step' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toEqual([{ sessionId: 's1', stepId: 'stop' }])
})

test('the first step is reset without steps before it', async () => {
  await labPage()
  await chooseReset('Reset this step')
  await expect
    .element(page.getByRole('dialog', { name: 'Reset step 1?' }))
    .toHaveTextContent('the lab begins once more')
})

test('a stop asks first, and leads to the labs', async () => {
  const { host, address } = await labPage()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('dialog', { name: 'Stop this lab?' }).getByRole('button', { name: 'Stop' }).click()
  await expect.poll(address).toBe('/labs')
  expect(host.inputsOf('session.stop')).toEqual([{ sessionId: 's1' }])
})

test('a stop leads nowhere when the student has gone elsewhere meanwhile', async () => {
  let gone: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => {
    gone = resolve
  })
  const { host, address } = await labPage({ stopped })
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('dialog', { name: 'Stop this lab?' }).getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => host.inputsOf('session.stop')).toHaveLength(1)
  window.location.hash = '#/progress'
  gone()
  await stopped
  await expect.element(page.getByRole('button', { name: 'Stop', exact: true })).toBeEnabled()
  expect(address()).toBe('/labs/container-life')
  window.location.hash = ''
})

test('a node is switched from its menu', async () => {
  const { host } = await labPage()
  await page.getByRole('button', { name: /^node1/ }).click()
  await page.getByRole('menuitem', { name: 'Restart' }).click()
  await expect
    .poll(() => host.inputsOf('session.switchNode'))
    .toEqual([{ sessionId: 's1', node: 'node1', action: 'restart' }])
})

test('a node that cannot be switched is a problem that can be dismissed', async () => {
  await labPage()
  await page.getByRole('button', { name: /^node1/ }).click()
  await page.getByRole('menuitem', { name: 'Kill' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('The node does not answer.')
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test.each([
  ['running', ['Open port 80', 'Restart', 'Stop', 'Kill', 'Cut off from the network']],
  ['cut', ['Open port 80', 'Connect to the network again', 'Restart', 'Stop', 'Kill']],
  ['stopped', ['Open port 80', 'Start']],
] as const)('a node that is %s offers what makes sense', async (state, choices) => {
  await labPage({ view: session({ nodes: [node({ state, ports: [80] })] }) })
  await page.getByRole('button', { name: /^node1/ }).click()
  await expect.element(page.getByRole('menu')).toBeVisible()
  const items = page.getByRole('menuitem').elements()
  expect(items.map((one) => one.textContent)).toEqual([...choices])
})

test.each(['starting', 'gone'] as const)('a node that is %s offers nothing', async (state) => {
  await labPage({ view: session({ nodes: [node({ state })] }) })
  await expect.element(page.getByRole('button', { name: /^node1/ })).toBeDisabled()
})

test.each([
  ['running', 'memory', 'running, out of memory'],
  ['stopped', 'disk', 'stopped, filled the disk'],
] as const)('a node that is %s says that it has reached its limit of %s', async (state, trouble, words) => {
  await labPage({ view: session({ nodes: [node({ state, trouble })] }) })
  await expect.element(page.getByRole('button', { name: /^node1/ })).toHaveTextContent(words)
})

test('the editor is shown and hidden, and the settings keep it', { timeout: 60_000 }, async () => {
  const { host } = await labPage()
  await page.getByRole('button', { name: 'Editor' }).click()
  await expect.poll(() => host.settings.layouts['lab-editor']).toEqual({ open: 1 })
  await expect.element(page.getByRole('region', { name: 'Editor' }), { timeout: 40_000 }).toBeVisible()
  await page.getByRole('button', { name: 'Hide editor' }).click()
  await expect.poll(() => host.settings.layouts['lab-editor']).toEqual({ open: 0 })
  await expect.element(page.getByRole('region', { name: 'Editor' })).not.toBeInTheDocument()
})

test('a broken lab can be reset or stopped', async () => {
  const problem = { code: 'node-gone', message: 'node1 was removed.', help: null }
  const { host } = await labPage({ view: session({ state: 'broken', problem }) })
  await expect.element(page.getByRole('alert')).toHaveTextContent('node1 was removed.')
  await page.getByRole('button', { name: 'Reset the lab' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toHaveLength(1)
  await page.getByRole('button', { name: 'Stop the lab' }).click()
  await expect.poll(() => host.inputsOf('session.stop')).toHaveLength(1)
})

test('a broken lab goes on with the step that was open', async () => {
  const { host } = await labPage({ view: { ...AT_STEP_2, state: 'broken' } })
  await page.getByRole('button', { name: 'Begin again at step 2' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toEqual([{ sessionId: 's1', stepId: 'stop' }])
})
