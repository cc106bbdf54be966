/** Tests that need a feature of the kernel. */
import { test } from 'vitest'
import type { Capabilities } from '../../engine/outer'

type Feature = 'ipvs' | 'vxlan' | 'esp' | 'macvlan' | 'ipvlan'
type KernelTest = (feature: Feature, title: string, work: () => Promise<void>) => void

/**
 * Makes the function that adds such tests. A test is skipped, and says so, where the engine's kernel lacks the feature.
 * `npm run verify:kernel` finds the calls, so its first two arguments are literals.
 */
export function kernelTestsOn(capabilities: Capabilities): KernelTest {
  return (feature, title, work) => {
    const name = `${title} (skipped where the kernel has no ${feature})`
    test.skipIf(!capabilities[feature])(name, work)
  }
}
