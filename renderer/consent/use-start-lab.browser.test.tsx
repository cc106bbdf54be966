import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { LabSummary } from '../../main/api'
import { useAction } from '../api'
import { ProblemPanel } from '../components'
import { FakeHost, refusal } from '../testing/host.test-kit'
import { labSummary, session } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { useStartLab } from '.'

const CONSENT = {
  hash: 'a'.repeat(64),
  folder: '/home/u/labs/theirs',
  scripts: 2,
  files: 1,
  isolation: 'host-root',
} as const

function StartButton({ lab, onStarted }: { readonly lab: LabSummary; readonly onStarted: () => void }) {
  const action = useAction()
  const { start, dialog } = useStartLab(lab, action, { onStarted })
  return (
    <>
      <button type="button" onClick={start}>
        Start
      </button>
      {action.problem && <ProblemPanel problem={action.problem} />}
      {dialog}
    </>
  )
}

async function open(lab: LabSummary, allow: () => Promise<Record<string, never>> = async () => ({})) {
  let started = 0
  const host = new FakeHost({
    calls: { 'lab.allow': allow, 'session.start': async ({ labId }) => session({ labId }) },
    streams: {},
  })
  await show(<StartButton lab={lab} onStarted={() => started++} />, { host })
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  return { host, started: () => started }
}

const dialog = page.getByRole('dialog')

test('a lab that ships starts at once', async () => {
  const { host, started } = await open(labSummary())
  await expect.poll(started).toBe(1)
  expect(host.inputsOf('session.start')).toEqual([{ labId: 'container-life' }])
  expect(dialog.elements()).toEqual([])
})

test('another lab says where it is and what it could do, and starts when it is allowed', async () => {
  const { host, started } = await open(labSummary({ consent: CONSENT }))
  await expect.element(dialog).toHaveTextContent('/home/u/labs/theirs')
  await expect.element(dialog).toHaveTextContent('It runs 2 scripts by itself, as root in its nodes.')
  await expect.element(dialog).toHaveTextContent('Root in a node can become root on this computer')
  expect(host.inputsOf('session.start')).toEqual([])
  await page.getByRole('button', { name: 'Allow and start' }).click()
  await expect.poll(started).toBe(1)
  expect(host.inputsOf('lab.allow')).toEqual([{ labId: 'container-life', hash: CONSENT.hash }])
})

test('where nodes have a user namespace, the risk is another one', async () => {
  await open(labSummary({ consent: { ...CONSENT, isolation: 'user-namespace' } }))
  await expect.element(dialog).toHaveTextContent('root in a node is an ordinary user of this computer')
})

test('an engine that nobody has looked at yet counts as the weaker kind', async () => {
  await open(labSummary({ consent: { ...CONSENT, isolation: null } }))
  await expect.element(dialog).toHaveTextContent('Root in a node can become root on this computer')
})

test('without consent nothing runs', async () => {
  const { host } = await open(labSummary({ consent: CONSENT }))
  const refuse = page.getByRole('button', { name: 'Do not run it' })
  await expect.element(refuse).toHaveFocus()
  await refuse.click()
  await expect.element(dialog).not.toBeInTheDocument()
  expect([host.inputsOf('lab.allow'), host.inputsOf('session.start')]).toEqual([[], []])
})

test('a lab that has changed meanwhile is not started, and the page says why', async () => {
  const { host } = await open(labSummary({ consent: CONSENT }), async () => {
    throw refusal('The files have changed.', 'Start Capstan again.')
  })
  await page.getByRole('button', { name: 'Allow and start' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('The files have changed.')
  expect(host.inputsOf('session.start')).toEqual([])
})
