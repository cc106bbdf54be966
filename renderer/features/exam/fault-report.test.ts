import { expect, test } from 'vitest'
import { revealed } from '../../testing/exam-samples.test-kit'
import { faultReport } from './fault-report'

test('a report names the question, its key and its source, and leaves room for the fault', () => {
  const text = faultReport(revealed({ id: 'net-ip-01' }))
  expect(text).toContain('Question net-ip-01\n')
  expect(text).toContain('(write it here)')
  expect(text).toContain('- [x] `docker ps`\n- [ ] `docker images`\n')
  expect(text).toContain(`Source: ${revealed().source}\n`)
})
