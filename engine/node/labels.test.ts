import { expect, test } from 'vitest'
import { processName } from '../../shared/system/processes'
import { labelsOf } from './labels'

test('the labels say what a thing is, what it belongs to and who made it', () => {
  expect(labelsOf('volume', { topologyId: 't1', owner: 'o1' })).toEqual({
    'capstan.kind': 'volume',
    'capstan.topology': 't1',
    'capstan.owner': 'o1',
    'capstan.process': processName(),
  })
})
