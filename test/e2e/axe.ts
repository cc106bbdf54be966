/** Accessibility violations that axe finds on a page. */
import { expect, type Page } from '@playwright/test'
import AxeBuilderSource from 'axe-core'

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** All violations, each with the first element that has it. */
export async function violations(page: Page): Promise<string[]> {
  await transitionsOver(page)
  // A script tag would not run, because the page's policy refuses foreign scripts, and it must.
  await page.evaluate(AxeBuilderSource.source)
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    return (await axe.run()).violations
  })
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** Waits until transitions have ended. A colour between two others may have less contrast than both of them. */
async function transitionsOver(page: Page): Promise<void> {
  const running = () =>
    page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).length)
  await expect.poll(running).toBe(0)
}
