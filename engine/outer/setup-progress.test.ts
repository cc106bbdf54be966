import { expect, test } from 'vitest'
import { asSetupLine, type Progress } from './setup-progress'

function listener() {
  const seen: Progress[] = []
  return { seen, onProgress: (one: Progress) => void seen.push(one) }
}

const line = { id: 'base', label: 'Preparing the base' }

test('a piece of work reports its start, its details and its end', async () => {
  const { seen, onProgress } = listener()
  const result = await asSetupLine(onProgress, { ...line, estimateSeconds: 25 }, async (report) => {
    report('half-way', 0.5)
    report('a detail without a fraction')
    return 'made'
  })
  expect(result).toBe('made')
  const base = { ...line, estimateSeconds: 25 }
  expect(seen).toEqual([
    { ...base, state: 'running', detail: null, fraction: null },
    { ...base, state: 'running', detail: 'half-way', fraction: 0.5 },
    { ...base, state: 'running', detail: 'a detail without a fraction', fraction: null },
    { ...base, state: 'done', detail: null, fraction: 1 },
  ])
})

test('work that fails is reported with its reason, and its error is thrown', async () => {
  const { seen, onProgress } = listener()
  const work = asSetupLine(onProgress, line, () => Promise.reject(new Error('no network')))
  await expect(work).rejects.toThrow('no network')
  expect(seen.at(-1)).toMatchObject({ state: 'failed', detail: 'no network', estimateSeconds: null })
})
