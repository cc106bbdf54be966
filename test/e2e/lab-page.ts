/** The actions of a spec in an open lab. */
import { expect, type Page } from '@playwright/test'

export class LabOnPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens the catalogue from whatever page there is, when the set-up is over. */
  static async openCatalogue(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'Labs', exact: true }).click()
    await page.getByRole('heading', { name: 'Labs', level: 1 }).waitFor({ timeout: 90_000 })
  }

  /** Opens a lab from the catalogue. */
  static async start(page: Page, title: string): Promise<LabOnPage> {
    await LabOnPage.openCatalogue(page)
    await page.getByRole('button', { name: `Start: ${title}` }).click()
    const lab = new LabOnPage(page)
    await lab.promptIsBack()
    return lab
  }

  /** Opens the page of a lab by its address, and starts the lab. @param step the step at which it begins */
  static async at(page: Page, address: string, step?: string): Promise<LabOnPage> {
    await page.getByRole('link', { name: 'Labs', exact: true }).first().waitFor({ timeout: 90_000 })
    await page.evaluate((hash) => {
      location.hash = hash
    }, address)
    if (step) await page.getByLabel('Begin at').selectOption({ label: step })
    await page.getByRole('button', { name: /^Start( at step \d+)?$/ }).click()
    return new LabOnPage(page)
  }

  /** Makes a file in the editor, and types its text without saving it. */
  async write(path: string, text: string): Promise<void> {
    const { page } = this
    await page.getByRole('button', { name: 'Editor' }).click()
    await page.getByRole('button', { name: 'New file' }).click()
    await page.getByRole('textbox', { name: 'Name of the new file' }).fill(path)
    await page.keyboard.press('Enter')
    await page.getByTestId('text-editor').locator('.view-lines').waitFor({ timeout: 30_000 })
    await page.getByTestId('text-editor').click()
    await page.keyboard.type(text)
  }

  checks() {
    return this.page
      .getByRole('list', { name: 'Checks' })
      .getByRole('listitem')
      .filter({ has: this.page.locator('.check-name') })
  }

  check(name: string) {
    return this.checks().filter({ hasText: name })
  }

  /** The text on the visible terminal. */
  async screen(): Promise<string> {
    return await this.page.locator('.terminal-view:not([hidden]) .xterm-rows').innerText()
  }

  /** Waits until the shell's prompt is the last thing on the screen. */
  async promptIsBack(): Promise<void> {
    await expect
      .poll(async () => (await this.screen()).replace(/\u00a0/g, ' ').trimEnd(), { timeout: 60_000 })
      .toMatch(/root@\w+:\S+# ?$|> ?$/)
  }

  /** Types a script into the terminal key by key, one line after the other, as a student does. */
  async type(script: string): Promise<void> {
    await this.page.locator('.terminal-view:not([hidden]) .xterm-helper-textarea').focus()
    for (const line of script.split('\n').filter((text) => text.trim() !== '')) {
      await this.page.keyboard.type(line)
      const before = await this.screen()
      await this.page.keyboard.press('Enter')
      await expect.poll(() => this.screen()).not.toBe(before)
      await this.promptIsBack()
    }
  }
}
