import { expect, test } from 'vitest'
import { aLab } from './labs.test-kit'
import { assertCapabilities, missingCapabilities } from './requirements'
import { NO_FEATURES } from './session.test-kit'

const engine = { capabilities: { ...NO_FEATURES, vxlan: true } }
const lab = (...requires: string[]) => aLab({ title: 'Lab', requires })

test('a lab that needs what the engine has can be started', () => {
  expect(missingCapabilities(engine, lab('vxlan'))).toEqual([])
  expect(() => assertCapabilities(engine, lab('vxlan'))).not.toThrow()
})

test('a lab without requirements can be started on any engine', () => {
  expect(missingCapabilities(engine, lab())).toEqual([])
})

test('what is missing is named, with a way out', () => {
  expect(missingCapabilities(engine, lab('vxlan', 'ipvs', 'no-such-thing'))).toEqual([
    'ipvs',
    'no-such-thing',
  ])
  expect(() => assertCapabilities(engine, lab('ipvs', 'esp'))).toThrow(
    expect.objectContaining({
      code: 'capability-missing',
      message: '"Lab" needs ipvs and esp, which this engine does not have.',
      help: expect.stringContaining('capstan doctor'),
    }),
  )
})
