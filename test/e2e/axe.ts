/** What axe finds on a page. */
import type { Page } from '@playwright/test'
import AxeBuilderSource from 'axe-core'

/** Violations that are serious or critical, each with the first element that has it. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Not a script tag: the page's policy allows none of ours, and must not.
  await page.evaluate(AxeBuilderSource.source)
  return await page.evaluate(async () => {
    const axe = (
      window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
      }
    ).axe
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}
