import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { SessionView } from '../../../main/api'
import { HandClock } from '../../testing/clock.test-kit'
import { FakeHost, refusal } from '../../testing/host.test-kit'
import { check, labDetail, labStep, node, session, step } from '../../testing/lab-samples.test-kit'
import { show } from '../../testing/show.test-kit'
import { Instructions } from './instructions'

const DONE = session({
  steps: [step({ state: 'done', checks: [check({ state: 'green' })] }), step({ id: 'stop', checks: [] })],
})

const PRACTISED = { objectives: [], commands: [], next: { id: 'ports', title: 'Ports', path: 'All' } }

const OVER = session({
  currentStep: 'stop',
  steps: [step({ state: 'done' }), step({ id: 'stop', state: 'done', checks: [check({ state: 'green' })] })],
  completed: true,
})

async function instructions(view: SessionView, { fails = false } = {}) {
  const runs: unknown[] = []
  const answer = async () => {
    if (fails) throw refusal('The node is gone.')
    return view
  }
  const host = new FakeHost({
    calls: {
      'session.openStep': answer,
      'session.reset': answer,
      'session.hint': answer,
      'session.solution': answer,
      'path.practised': async () => PRACTISED,
    },
  })
  const element = (now: SessionView) => (
    <Instructions lab={labDetail()} session={now} onRun={(code, node) => runs.push([code, node])} />
  )
  const screen = await show(element(view), { host })
  return { ...screen, runs, change: (now: SessionView) => screen.rerender(element(now)) }
}

const next = () => page.getByRole('button', { name: 'Next step' })

test('shows the current step, its text and its checks', async () => {
  await instructions(session())
  await expect.element(page.getByRole('heading', { level: 2, name: 'Run one' })).toBeVisible()
  await expect.element(page.getByText('Run a container.')).toBeVisible()
  await expect.element(page.getByRole('status')).toHaveTextContent('0 of 1 green')
})

test('the place in the lab is shown, with the time it takes and the time so far', async () => {
  const clock = new HandClock('2026-03-01T11:03:20Z')
  await show(<Instructions lab={labDetail()} session={session()} onRun={() => undefined} />, { clock })
  await expect.element(page.getByRole('button', { name: 'Step 1 of 2' })).toBeVisible()
  await expect.element(page.getByText('about 15 min · 3 min so far')).toBeVisible()
  clock.advance(60_000)
  await expect.element(page.getByText('about 15 min · 4 min so far')).toBeVisible()
})

test('the list shows the title and the state of each step, also of locked ones', async () => {
  await instructions(session())
  await expect.element(page.getByRole('list', { name: 'Steps' })).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Step 1 of 2' }).click()
  await expect.element(page.getByRole('list', { name: 'Steps' }).getByText('Stop it')).toBeVisible()
  await expect
    .element(page.getByRole('button', { name: 'Step 1: Run one , now' }))
    .toHaveAttribute('aria-current', 'step')
  await expect.element(page.getByRole('button', { name: 'Step 2: Stop it , locked' })).toBeDisabled()
  await expect.element(next()).toBeDisabled()
})

test('when the step is done, the next one opens with the button', async () => {
  const { host } = await instructions(DONE)
  await next().click()
  await expect.poll(() => host.inputsOf('session.openStep')).toEqual([{ sessionId: 's1', stepId: 'stop' }])
})

test('Ctrl+Enter opens the next step', async () => {
  const { host } = await instructions(DONE)
  await expect.element(next()).toBeEnabled()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.poll(() => host.inputsOf('session.openStep')).toHaveLength(1)
})

test('a terminal never gets Ctrl+Enter', async () => {
  const { host } = await instructions(DONE)
  await expect.element(next()).toBeEnabled()
  const keys: string[] = []
  const input = document.createElement('textarea')
  for (const type of ['keydown', 'keypress', 'beforeinput'])
    input.addEventListener(type, (event) => keys.push(event.type))
  document.body.append(input)
  input.focus()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  input.remove()
  await expect.poll(() => host.inputsOf('session.openStep')).toHaveLength(1)
  // The press of Control itself is the only key that comes through.
  expect(keys).toEqual(['keydown'])
})

test('Ctrl+Enter does nothing before the step is done, and Enter alone never does', async () => {
  const { host, change } = await instructions(session())
  await expect.element(next()).toBeDisabled()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await change(DONE)
  await expect.element(next()).toBeEnabled()
  await userEvent.keyboard('{Enter}')
  expect(host.inputsOf('session.openStep')).toEqual([])
})

test('the way on is closed while the nodes are reset', async () => {
  await instructions({ ...DONE, state: 'resetting' })
  await expect.element(next()).toBeDisabled()
})

test('an earlier step is opened again from the list; the current one does nothing', async () => {
  const { host } = await instructions({ ...DONE, currentStep: 'stop' })
  await page.getByRole('button', { name: 'Step 2 of 2' }).click()
  await page.getByRole('button', { name: /^Step 2:/ }).click()
  await expect.element(page.getByRole('button', { name: /^Step 1:/ })).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Step 2 of 2' }).click()
  await page.getByRole('button', { name: /^Step 1:/ }).click()
  await expect.poll(() => host.inputsOf('session.openStep')).toEqual([{ sessionId: 's1', stepId: 'run' }])
})

test('a step that cannot be opened says why', async () => {
  await instructions(DONE, { fails: true })
  await next().click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('The node is gone.')
})

test('the last step has no next one', async () => {
  await instructions({ ...DONE, currentStep: 'stop' })
  await expect.element(page.getByRole('heading', { level: 2, name: 'Stop it' })).toBeVisible()
  expect(next().elements()).toEqual([])
})

test('hints come one after the other, with how many are left', async () => {
  const { host, change } = await instructions(session())
  await page.getByRole('button', { name: 'Show a hint' }).click()
  await expect.poll(() => host.inputsOf('session.hint')).toEqual([{ sessionId: 's1', stepId: 'run' }])
  await change(session({ steps: [step({ hints: ['Use `docker run`.'] })] }))
  await expect.element(page.getByRole('heading', { name: 'Hint 1' })).toBeVisible()
  await expect.element(page.getByText('Use docker run.')).toBeVisible()
  await page.getByRole('button', { name: 'Another hint (1 left)' }).click()
  await change(session({ steps: [step({ hints: ['one', 'two'] })] }))
  await expect.element(page.getByRole('heading', { name: 'Hint 2' })).toBeVisible()
  expect(page.getByRole('button', { name: /hint/ }).elements()).toEqual([])
})

test('the solution is shown after a question, and its code can be run', async () => {
  const { host, change, runs } = await instructions(session())
  await page.getByRole('button', { name: 'Show the solution' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(host.inputsOf('session.solution')).toEqual([])
  await page.getByRole('button', { name: 'Show the solution' }).click()
  await page.getByRole('button', { name: 'Show it' }).click()
  await expect.poll(() => host.inputsOf('session.solution')).toHaveLength(1)
  await change(
    session({
      steps: [
        step({ solution: [{ kind: 'code', node: 'node1', text: 'docker run -d nginx\n', runs: true }] }),
      ],
    }),
  )
  await page.getByRole('button', { name: 'Run: docker run -d nginx' }).click()
  expect(runs).toEqual([['docker run -d nginx', 'node1']])
  expect(page.getByRole('button', { name: 'Show the solution' }).elements()).toEqual([])
})

test('a solution has a block for each node, and a button for what is done with a node', async () => {
  const nodes = [node({ name: 'manager1' }), node({ name: 'worker1' })]
  const solution = [
    { kind: 'code' as const, node: 'manager1', text: 'docker swarm join-token worker\n', runs: true },
    { kind: 'code' as const, node: 'worker1', text: 'docker swarm join --token …\n', runs: false },
    { kind: 'action' as const, node: 'worker1', action: 'kill' as const },
  ]
  const lab = labDetail({ nodes: ['manager1', 'worker1'] })
  const runs: unknown[] = []
  const { host } = await show(
    <Instructions
      lab={lab}
      session={session({ nodes, steps: [step({ solution }), step({ id: 'stop' })] })}
      onRun={(code, on) => runs.push([code, on])}
    />,
    { calls: { 'session.switchNode': async () => session() } },
  )
  await page.getByRole('button', { name: 'Run on manager1: docker swarm join-token worker' }).click()
  expect(runs).toEqual([['docker swarm join-token worker', 'manager1']])
  expect(page.getByRole('button', { name: /^Run/ }).elements()).toHaveLength(1)
  await page.getByRole('button', { name: 'Kill worker1' }).click()
  await expect
    .poll(() => host.inputsOf('session.switchNode'))
    .toEqual([{ sessionId: 's1', node: 'worker1', action: 'kill' }])
})

test('a step that was done for the student says so, and leads on', async () => {
  const skipped = step({ state: 'skipped', checks: [check({ state: 'red' })] })
  await instructions(session({ steps: [skipped, step({ id: 'stop' })] }))
  await expect
    .element(page.getByRole('button', { name: /^Checks/ }))
    .toHaveTextContent('This step was done for you.')
  await expect.element(next()).toBeEnabled()
})

test('a step without help offers none', async () => {
  await instructions({ ...DONE, currentStep: 'stop' })
  await expect.element(page.getByRole('heading', { level: 2, name: 'Stop it' })).toBeVisible()
  expect(page.getByRole('button', { name: /hint|solution/ }).elements()).toEqual([])
})

test('a notice of the session is shown', async () => {
  await instructions(session({ notice: 'Your nodes were started again.' }))
  await expect.element(page.getByText('Your nodes were started again.')).toBeVisible()
})

test('a completed lab says so, and leads to the labs', async () => {
  const { address } = await instructions(OVER)
  await expect.element(page.getByText('You have completed “The life of a container”')).toBeVisible()
  await page.getByRole('link', { name: 'All labs' }).click()
  expect(address()).toBe('/labs')
})

test('a student who has begun in the middle is told which steps are left, and begins with them', async () => {
  const [first, last] = OVER.steps
  const steps = [{ ...(first ?? step()), state: 'skipped' as const }, last ?? step()]
  const { host } = await instructions({ ...OVER, steps, completed: false })
  await expect.element(page.getByText('You have done step 2. Step 1 was done for you.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Next lab: Ports' })).toBeVisible()
  await page.getByRole('button', { name: 'Begin at step 1' }).click()
  const dialog = page.getByRole('dialog', { name: 'Begin at step 1?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(host.inputsOf('session.reset')).toEqual([])
  await page.getByRole('button', { name: 'Begin at step 1' }).click()
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await expect.poll(() => host.inputsOf('session.reset')).toEqual([{ sessionId: 's1', stepId: 'run' }])
})

test('what was done in an earlier session is not told as done by Capstan', async () => {
  const steps = [labStep({ done: true }), labStep({ id: 'stop', title: 'Stop it' })]
  const [, last] = OVER.steps
  const view = { ...OVER, steps: [step({ state: 'skipped' }), last ?? step()], completed: false }
  await show(<Instructions lab={labDetail({ steps })} session={view} onRun={() => undefined} />)
  await expect.element(page.getByText('You have completed “The life of a container”')).toBeVisible()
})
