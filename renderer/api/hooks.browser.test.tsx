import { useEffect } from 'react'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { SetupState } from '../../main/api'
import { FakeHost, Feed, refusal } from '../testing/host.test-kit'
import { labDetail } from '../testing/lab-samples.test-kit'
import { show } from '../testing/show.test-kit'
import { useAction, useAnswer, useConnectionState, useStream } from './hooks'
import { useSettings } from './settings'

const setup = (phase: SetupState['phase']): SetupState => ({
  phase,
  lines: [],
  remainingSeconds: null,
  engine: null,
  problem: null,
  tried: [],
})

function Phase() {
  const { value, problem } = useStream('setup.watch', {})
  return <output>{problem?.message ?? value?.phase ?? 'nothing yet'}</output>
}

function Title({ labId }: { readonly labId: string }) {
  const { value, problem, again } = useAnswer('lab.open', { labId })
  return (
    <>
      <output>{problem?.message ?? value?.title ?? 'nothing yet'}</output>
      <button type="button" onClick={again}>
        Again
      </button>
    </>
  )
}

function Line() {
  return <output>{useConnectionState()}</output>
}

const output = () => expect.element(page.getByRole('status'))

test('a stream gives its newest value, also after the line was lost', async () => {
  const phases = new Feed(setup('running'))
  const { host } = await show(<Phase />, { streams: { 'setup.watch': phases.watch } })
  await output().toHaveTextContent('running')
  phases.send(setup('ready'))
  await output().toHaveTextContent('ready')
  host.cut()
  phases.send(setup('failed'))
  await output().toHaveTextContent('ready')
  host.restore()
  await output().toHaveTextContent('failed')
})

test('a stream that is refused has a problem', async () => {
  await show(<Phase />, {
    streams: {
      'setup.watch': () => {
        throw refusal('Not now.')
      },
    },
  })
  await output().toHaveTextContent('Not now.')
})

test('the state of the connection is shown as it changes', async () => {
  const { host } = await show(<Line />)
  await output().toHaveTextContent('connected')
  host.cut()
  await output().toHaveTextContent('lost')
  host.restore()
  await output().toHaveTextContent('connected')
})

test('an answer is asked for again when the line is back, and when somebody wants it', async () => {
  let asked = 0
  const { host } = await show(<Title labId="x" />, {
    calls: { 'lab.open': async () => labDetail({ title: `Answer ${++asked}` }) },
  })
  await output().toHaveTextContent('Answer 1')
  host.cut()
  host.restore()
  await output().toHaveTextContent('Answer 2')
  await page.getByRole('button', { name: 'Again' }).click()
  await output().toHaveTextContent('Answer 3')
})

test('an answer to an older question is not shown', async () => {
  let answerFirst = () => {}
  const { rerender } = await show(<Title labId="slow" />, {
    calls: {
      'lab.open': async ({ labId }) => {
        if (labId === 'slow') await new Promise<void>((resolve) => (answerFirst = resolve))
        return labDetail({ title: labId })
      },
    },
  })
  await rerender(<Title labId="fast" />)
  await output().toHaveTextContent('fast')
  answerFirst()
  await new Promise((resolve) => setTimeout(resolve, 0))
  await output().toHaveTextContent('fast')
})

test('a refused call is a problem, and another try may succeed', async () => {
  let isThere = false
  await show(<Title labId="x" />, {
    calls: {
      'lab.open': async () => {
        if (!isThere) throw refusal('Not there.')
        return labDetail({ title: 'There' })
      },
    },
  })
  await output().toHaveTextContent('Not there.')
  isThere = true
  await page.getByRole('button', { name: 'Again' }).click()
  await output().toHaveTextContent('There')
})

function Worker({ work }: { readonly work: () => Promise<unknown> }) {
  const { busy, problem, run, forget } = useAction()
  return (
    <>
      <output>{busy ? 'busy' : (problem?.message ?? 'idle')}</output>
      <button type="button" onClick={() => run(work)}>
        Run
      </button>
      <button type="button" onClick={forget}>
        Forget
      </button>
    </>
  )
}

test('an action is busy until its work ends', async () => {
  let end = () => {}
  await show(<Worker work={() => new Promise<void>((resolve) => (end = resolve))} />)
  await output().toHaveTextContent('idle')
  await page.getByRole('button', { name: 'Run' }).click()
  await output().toHaveTextContent('busy')
  end()
  await output().toHaveTextContent('idle')
})

test('an action keeps what went wrong until the next one, or until it is forgotten', async () => {
  const fails = [true, false, true]
  const work = async () => {
    if (fails.shift()) throw refusal('It failed.')
  }
  await show(<Worker work={work} />)
  await page.getByRole('button', { name: 'Run' }).click()
  await output().toHaveTextContent('It failed.')
  await page.getByRole('button', { name: 'Run' }).click()
  await output().toHaveTextContent('idle')
  await page.getByRole('button', { name: 'Run' }).click()
  await output().toHaveTextContent('It failed.')
  await page.getByRole('button', { name: 'Forget' }).click()
  await output().toHaveTextContent('idle')
})

function PassMark() {
  const { settings, change } = useSettings()
  useEffect(() => {
    void change({ passMark: 80 })
  }, [change])
  return <output>{settings.passMark}</output>
}

test('a setting is shown at once, and what the host made of it afterwards', async () => {
  let save = () => {}
  const host: FakeHost = new FakeHost({
    calls: {
      'settings.set': async () => {
        await new Promise<void>((resolve) => (save = resolve))
        return { ...host.settings, passMark: 79 }
      },
    },
  })
  await show(<PassMark />, { host })
  await output().toHaveTextContent('80')
  await expect.poll(() => host.inputsOf('settings.set')).toEqual([{ passMark: 80 }])
  save()
  await output().toHaveTextContent('79')
})

test('an answer that breaks the contract is a fault of the host, whose words do not reach the page', async () => {
  const { host } = await show(<Title labId="x" />, {
    calls: {
      'lab.open': async () => labDetail({ minutes: Number.NaN }),
    },
  })
  await output().toHaveTextContent('Something went wrong inside Capstan.')
  expect(host.faults).toHaveLength(1)
})
