/** Accessibility violations that axe finds on a page. */
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

/** The serious and the critical violations. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const all = await found(page)
  return all.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(inWords)
}

async function found(page: Page): Promise<Violation[]> {
  await transitionsOver(page)
  // A script tag would not run, because the page's policy refuses foreign scripts, and it must.
  await page.evaluate(AxeBuilderSource.source)
  return await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    return (await axe.run()).violations
  })
}

/** Waits until transitions have ended. A colour between two others may have less contrast than both of them. */
async function transitionsOver(page: Page): Promise<void> {
  const running = () =>
    page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).length)
  await expect.poll(running).toBe(0)
}

function inWords({ id, nodes }: Violation): string {
  return `${id}: ${nodes[0]?.html}`
}
