import { describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { SessionStatus, settled } from './session-status'
import type { SessionState } from './snapshot'

test('a session begins as starting, without anything to say', () => {
  expect(new SessionStatus().snapshot()).toEqual({
    state: 'starting',
    activity: null,
    notice: null,
    problem: null,
  })
})

test('every change is announced after it has been made', () => {
  const status = new SessionStatus()
  const seen: string[] = []
  status.onChange(() => seen.push(`${status.state} ${status.snapshot().problem?.message ?? '-'}`))
  status.become('resetting', 'Taking new nodes')
  status.run()
  status.warn(new Error('a'))
  status.breakWith(new Error('b'))
  status.notify('hello')
  expect(seen).toEqual(['resetting -', 'running -', 'running Error: a', 'broken Error: b', 'broken Error: b'])
})

test('a problem is over when the session runs again, a notice is not', () => {
  const status = new SessionStatus()
  status.notify('Your nodes were started again.')
  status.breakWith(new Error('b'))
  status.run()
  expect(status.snapshot()).toMatchObject({ problem: null, notice: 'Your nodes were started again.' })
})

test('an error of ours keeps its code and its help', () => {
  const status = new SessionStatus()
  status.warn(new CapstanError('no-space', 'The disk is full.'))
  expect(status.snapshot().problem).toEqual({ code: 'no-space', message: 'The disk is full.', help: null })
})

test.each<[SessionState, runs: boolean, isStopped: boolean]>([
  ['starting', false, false],
  ['running', true, false],
  ['resetting', false, false],
  ['stopping', false, false],
  ['stopped', false, true],
  ['broken', false, false],
])('%s is asserted to run: %s, to be stopped: %s', (state, runs, isStopped) => {
  const status = new SessionStatus()
  status.become(state, null)
  const running = expect(() => status.assertRunning())
  if (runs) running.not.toThrow()
  else
    running.toThrow(
      expect.objectContaining({ code: 'session-state', message: expect.stringContaining(state) }),
    )
  const notStopped = expect(() => status.assertNotStopped())
  if (isStopped) notStopped.toThrow(expect.objectContaining({ code: 'session-state' }))
  else notStopped.not.toThrow()
})

describe('settled', () => {
  test.each<SessionState>(['running', 'stopping', 'stopped', 'broken'])(
    'is at once for one that is %s',
    async (state) => {
      const status = new SessionStatus()
      status.become(state, null)
      await settled(status)
    },
  )

  test('waits through a start, whatever is said meanwhile', async () => {
    const status = new SessionStatus()
    let isSettled = false
    const waited = settled(status).then(() => {
      isSettled = true
    })
    status.become('starting', 'Starting node1')
    status.become('resetting', 'Taking new nodes')
    await Promise.resolve()
    expect(isSettled).toBe(false)
    status.breakWith(new Error('no'))
    await waited
  })
})
