/** What axe finds on a page. */
import { expect, type Page } from '@playwright/test'
import AxeBuilderSource from 'axe-core'

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** All violations, each with the first element that has it. */
export async function violations(page: Page): Promise<string[]> {
  return (await found(page)).map(inWords)
}

/** Those that are serious or critical. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const all = await found(page)
  return all.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(inWords)
}

async function found(page: Page): Promise<Violation[]> {
  await transitionsOver(page)
  // Not a script tag: the page's policy allows none of ours, and must not.
  await page.evaluate(AxeBuilderSource.source)
  return await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    return (await axe.run()).violations
  })
}

/** A colour on its way from one to another is nobody's choice, and may lack the contrast of both. */
async function transitionsOver(page: Page): Promise<void> {
  const running = () =>
    page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).length)
  await expect.poll(running).toBe(0)
}

function inWords({ id, nodes }: Violation): string {
  return `${id}: ${nodes[0]?.html}`
}
