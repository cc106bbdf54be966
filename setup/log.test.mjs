import { expect, it } from 'vitest'
import { step } from './log.mjs'

it('writes the name of a step before and its time after, and returns what the work returned', async () => {
  const lines = []
  const times = [1000, 2500]
  const result = await step('Building', async () => 'built', {
    write: (line) => lines.push(line),
    now: () => times.shift(),
  })
  expect(result).toBe('built')
  expect(lines).toEqual(['… Building', '✓ Building (1.5 s)'])
})

it('does not call a step done that failed', async () => {
  const lines = []
  const failing = step('Building', () => Promise.reject(new Error('no disk')), {
    write: (line) => lines.push(line),
  })
  await expect(failing).rejects.toThrow('no disk')
  expect(lines).toEqual(['… Building'])
})
