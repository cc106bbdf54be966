import { expect, test } from 'vitest'
import { labSummary } from '../testing/lab-samples.test-kit'
import { tourLab } from './tour-lab'

const FIRST = labSummary()
const OTHER = labSummary({ id: 'ports' })
const OPEN = labSummary({ id: 'swarm', sessionId: 's1' })
const LACKING = labSummary({ id: 'ipvs', missing: ['ipvs'] })

test.each([
  ['the lab of the page', [FIRST, OTHER, OPEN], '/labs/ports', 'ports'],
  ['the one that is open', [FIRST, OTHER, OPEN], '/', 'swarm'],
  ['the easiest one', [OTHER, FIRST], '/', 'container-life'],
  ['any other', [LACKING, OTHER], '/labs/ipvs', 'ports'],
  ['none where none can start', [LACKING], '/', undefined],
])('the tour takes %s', (_what, labs, address, expected) => {
  expect(tourLab(labs, address)?.id).toBe(expected)
})
