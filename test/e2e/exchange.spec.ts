/** Questions of another program: seen before they are added, drilled with their pictures, and exported again. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './app'
import { violations } from './axe'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function question(name: string): string {
  return `<question type="multichoice"><name><text>${name}</text></name>
    <questiontext format="html"><text><![CDATA[<p>Which port leads to ${name}? <img src="@@PLUGINFILE@@/net.png" alt="the network"></p>]]></text>
    <file name="net.png" path="/" encoding="base64">${PNG}</file></questiontext>
    <generalfeedback format="html"><text>The first number is that of the host.</text></generalfeedback>
    <single>true</single>
    <answer fraction="100" format="html"><text>8080</text></answer>
    <answer fraction="0" format="html"><text>80</text></answer></question>`
}
const QUIZ = `<quiz>\n${question('web')}\n${question('api')}\n<question type="essay"><name><text>Essay</text></name></question>\n</quiz>`

async function open(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = `/${hash}`
  }, route)
}

async function choose(page: Page, name: string, content: string): Promise<void> {
  await page.getByLabel('File to import').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) })
}

test('a quiz of Moodle is looked at, added, drilled and exported', async ({
  app: { page, dataDirectory },
}) => {
  await open(page, 'practice')
  await page.getByRole('link', { name: 'Import, export and look after them' }).click()
  await choose(page, 'Week 1.xml', QUIZ)
  const preview = page.getByRole('region', { name: 'What was understood of Week 1.xml' })
  await expect(preview).toContainText('2 questions')
  await expect(preview).toContainText(
    'Week 1.xml:16 A question of the type essay has no options to choose from.',
  )
  const picture = preview.getByRole('img', { name: 'the network' }).first()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  expect(await readdir(dataDirectory)).not.toContain('questions')
  expect(await violations(page)).toEqual([])
  await page.getByRole('combobox', { name: 'Objective of all questions' }).selectOption('NET-05')
  await preview.getByRole('button', { name: 'Add 2 questions' }).click()
  await page.getByRole('button', { name: 'Practise them now' }).click()
  await expect(page.getByRole('heading', { name: 'Item 1 of 2' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'the network' })).toBeVisible()
  await open(page, 'my-questions')
  await page.getByRole('combobox', { name: 'Format' }).selectOption('Moodle XML')
  await page.getByRole('button', { name: 'Make the file' }).click()
  await expect(page.getByText('The format keeps all of them whole.')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save capstan-my-questions.xml' }).click()
  const saved = await readFile(await (await download).path(), 'utf8')
  expect(saved.split(PNG)).toHaveLength(3)
  expect(saved).toContain('NET-05')
})

test('a hostile file shows its error, and nothing is written', async ({ app: { page, dataDirectory } }) => {
  await open(page, 'my-questions')
  for (const [name, content, message] of [
    ['bomb.xml', `<quiz>${'<question>'.repeat(500)}`, /This is not XML: Unclosed tag/],
    ['zip.zip', 'PK\u0003\u0004 and nothing more', /no item of QTI/],
    ['page.html', '<html><script>alert(1)</script></html>', /looks like none of the formats/],
  ] as const) {
    await choose(page, name, content)
    const preview = page.getByRole('region', { name: `What was understood of ${name}` })
    await preview.getByText('What is lost, and what to look at').waitFor()
    await preview.evaluate((region) => {
      for (const more of region.querySelectorAll('details')) more.open = true
    })
    await expect(preview).toContainText(message)
    await expect(preview.getByRole('button', { name: /^Add/ })).toHaveCount(0)
  }
  expect(await readdir(dataDirectory)).not.toContain('questions')
})

test('files in the folder are read while the app runs, and what is wrong in them is told with its line', async ({
  app: { page, dataDirectory },
}) => {
  await open(page, 'my-questions')
  await expect(page.getByText('No questions yet')).toBeVisible()
  await mkdir(join(dataDirectory, 'questions'))
  await writeFile(
    join(dataDirectory, 'questions', 'mine.yaml'),
    `- id: my-first
  objectives: [NET-05]
  kind: choice
  difficulty: easy
  stem: Is it mine?
  options: [{ text: "Yes", right: true }, { text: "No" }]
  explanation: It is.
  source: mine
- id: my-second
`,
  )
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByText('1 question in')).toBeVisible()
  await expect(page.getByText('mine.yaml:9').first()).toBeVisible()
  await open(page, 'practice')
  await page.getByRole('button', { name: 'Drill your own questions' }).click()
  await expect(page.getByText('Is it mine?')).toBeVisible()
})
