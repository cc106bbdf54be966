import { expect, test } from 'vitest'
import type { LoadedLab } from '../labs'
import type { OuterEngine } from '../outer'
import { missingCapabilities, mustHave } from './manager'

const engine = { capabilities: { vxlan: true, ipvs: false, esp: false } } as OuterEngine
const lab = (requires: string[]) => ({ title: 'Lab', requires }) as unknown as LoadedLab

test('a lab that needs what the engine has can be started', () => {
  expect(missingCapabilities(engine, lab(['vxlan']))).toEqual([])
  expect(() => mustHave(engine, lab(['vxlan']))).not.toThrow()
})

test('what is missing is named, with a way out', () => {
  expect(missingCapabilities(engine, lab(['vxlan', 'ipvs', 'no-such-thing']))).toEqual([
    'ipvs',
    'no-such-thing',
  ])
  expect(() => mustHave(engine, lab(['ipvs']))).toThrow('"Lab" needs ipvs, which this engine does not have.')
})
