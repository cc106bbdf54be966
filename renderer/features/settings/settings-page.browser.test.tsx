import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { DoctorReport } from '../../../main/api'
import { type FakeHandlers, FakeHost, READY, refusal } from '../../testing/host.test-kit'
import { show } from '../../testing/show.test-kit'
import { SettingsPage } from './settings-page'

const REPORT: DoctorReport = {
  ok: false,
  engine: { source: 'default', endpoint: 'unix:///var/run/docker.sock', version: '28.0.1' },
  capabilities: { privileged: true, 'nested cgroups': false, cpus: 4, memory: 24106 },
  problems: [{ message: 'There is little memory.', help: 'Close something with `kill`.' }],
  timeLimits: { factor: 4, source: 'measured' },
  tried: [{ what: '/var/run/docker.sock', result: 'Docker Engine 28.0.1 answers' }],
}

async function settingsPage({ desktop = false, calls = {} as FakeHandlers['calls'] } = {}) {
  const host = new FakeHost({
    calls: {
      'app.doctor': async () => REPORT,
      'app.state': async () => ({
        version: '1.0.0',
        desktop,
        platform: 'linux',
        dataFolder: '/home/ann/.local/share/capstan',
        setup: READY,
      }),
      ...calls,
    },
  })
  return await show(<SettingsPage />, { host })
}

const saved = (host: FakeHost) => host.inputsOf('settings.set')

test('the theme is saved, and applied to the page', async () => {
  const { host } = await settingsPage()
  await page.getByRole('combobox', { name: 'Theme' }).selectOptions('Light')
  await expect.poll(() => document.documentElement.dataset.theme).toBe('light')
  await expect.poll(() => saved(host)).toEqual([{ theme: 'light' }])
})

test.each([
  ['Size of the text', 'Large', { textSize: 'large' }],
  ['Density', 'Compact', { density: 'compact' }],
])('%s: %s is saved', async (name, value, change) => {
  const { host } = await settingsPage()
  await page.getByRole('combobox', { name }).selectOptions(value)
  await expect.poll(() => saved(host)).toEqual([change])
})

test('time limits are stretched by a factor, or automatically', async () => {
  const { host } = await settingsPage()
  const limits = page.getByRole('combobox', { name: 'Time limits' })
  await limits.selectOptions('10×')
  await expect.poll(() => saved(host)).toEqual([{ timeFactor: 10 }])
  await limits.selectOptions('Automatic: as long as this machine needs')
  await expect.poll(() => saved(host)).toEqual([{ timeFactor: 10 }, { timeFactor: null }])
})

test.each([
  [
    'Terminal and editor font size',
    '20',
    { terminal: { fontSize: 20, scrollback: 5000, screenReader: false } },
  ],
  [
    'Terminal scrollback, in lines',
    '900',
    { terminal: { fontSize: 13, scrollback: 900, screenReader: false } },
  ],
  ['Pass mark of mock exams, in per cent', '70', { passMark: 70 }],
])('%s: %s is saved', async (name, value, change) => {
  const { host } = await settingsPage()
  await page.getByRole('spinbutton', { name }).fill(value)
  await expect.poll(() => saved(host)).toEqual([change])
})

test.each([
  ['Terminal and editor font size', '7'],
  ['Terminal and editor font size', '33'],
  ['Terminal scrollback, in lines', '50'],
  ['Pass mark of mock exams, in per cent', '101'],
  ['Pass mark of mock exams, in per cent', ''],
])('%s: "%s" is not saved', async (name, value) => {
  const { host } = await settingsPage()
  const field = page.getByRole('spinbutton', { name })
  await field.fill(value)
  await expect.element(field).toHaveAttribute('aria-invalid', 'true')
  expect(saved(host)).toEqual([])
})

test('a setting that cannot be saved says why', async () => {
  await settingsPage({
    calls: {
      'settings.set': async () => {
        throw refusal('The disk is full.')
      },
    },
  })
  await page.getByRole('combobox', { name: 'Theme' }).selectOptions('Light')
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.')
})

test('another engine is saved as a whole, when the user says so', async () => {
  const { host } = await settingsPage()
  await page.getByRole('combobox', { name: 'Which engine' }).selectOptions('Another one')
  await page.getByRole('textbox', { name: 'Address' }).fill('tcp://box:2376')
  await page.getByRole('textbox', { name: /^Folder with/ }).fill('/certs')
  expect(saved(host)).toEqual([])
  await page.getByRole('button', { name: 'Use this engine' }).click()
  await expect
    .poll(() => saved(host))
    .toEqual([{ engine: { mode: 'custom', endpoint: 'tcp://box:2376', tlsDirectory: '/certs' } }])
  await expect.element(page.getByRole('button', { name: 'Use this engine' })).not.toBeInTheDocument()
})

test('an engine that is chosen back needs no saving', async () => {
  await settingsPage()
  const which = page.getByRole('combobox', { name: 'Which engine' })
  await which.selectOptions('Another one')
  await expect.element(page.getByRole('textbox', { name: 'Address' })).toBeVisible()
  await which.selectOptions('auto')
  await expect.element(page.getByRole('button', { name: 'Use this engine' })).not.toBeInTheDocument()
})

test('the doctor says what the engine can do, and what is wrong', async () => {
  await settingsPage()
  await expect.element(page.getByText('Docker Engine 28.0.1 at')).toBeVisible()
  for (const [name, value] of [
    ['privileged', 'yes'],
    ['nested cgroups', 'no'],
    ['cpus', '4'],
  ] as const)
    await expect.element(page.getByRole('row', { name })).toHaveTextContent(`${name}${value}`)
  await expect.element(page.getByRole('row', { name: 'memory' })).toHaveTextContent('An idle node takes')
  await expect.element(page.getByText('24106 MiB')).toBeVisible()
  await expect.element(page.getByText('4×, as measured on this engine')).toBeVisible()
  await expect.element(page.getByText('There is little memory.')).toBeVisible()
  await expect.element(page.getByText('kill', { exact: true })).toBeVisible()
})

test('the version is shown, and where everything is kept', async () => {
  await settingsPage()
  await expect.element(page.getByText('Capstan 1.0.0')).toBeVisible()
  await expect.element(page.getByText('/home/ann/.local/share/capstan')).toBeVisible()
})

test('a doctor that cannot look is a problem', async () => {
  await settingsPage({
    calls: {
      'app.doctor': async () => {
        throw refusal('No engine answers.')
      },
    },
  })
  await expect.element(page.getByRole('alert')).toHaveTextContent('No engine answers.')
})

test('the terminal on this computer is a choice of the desktop app', async () => {
  const { host } = await settingsPage({ desktop: true })
  await page.getByRole('checkbox', { name: /^Offer a terminal on this computer/ }).click()
  await expect.poll(() => host.inputsOf('settings.askHostTerminal')).toEqual([{ on: true }])
  // The person said no in the window of the system.
  await expect.element(page.getByRole('checkbox', { name: /^Offer a terminal/ })).not.toBeChecked()
  expect(saved(host)).toEqual([])
})

test('terminals are made for screen readers when the person says so', async () => {
  const { host } = await settingsPage()
  await page.getByRole('checkbox', { name: /screen readers/ }).click()
  await expect.poll(() => host.settings.terminal.screenReader).toBe(true)
})

test('in a browser there is no terminal on this computer', async () => {
  await settingsPage()
  await expect.element(page.getByText('Docker Engine 28.0.1 at')).toBeVisible()
  expect(page.getByRole('checkbox', { name: /this computer/ }).elements()).toEqual([])
})

test('the folder of own questions is saved when the person says so, and a folder that is not there is told', async () => {
  let isThere = false
  const { host } = await settingsPage({
    calls: {
      'settings.set': async (change) => {
        if (!isThere) throw refusal('There is no folder /quiz.', 'Make it first.')
        return { ...host.settings, ...(change as object) }
      },
    },
  })
  const field = page.getByRole('textbox', { name: 'Folder of your own questions' })
  expect(page.getByRole('button', { name: 'Use this folder' }).elements()).toEqual([])
  await field.fill('/quiz')
  await page.getByRole('button', { name: 'Use this folder' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('There is no folder /quiz.')
  isThere = true
  await page.getByRole('button', { name: 'Use this folder' }).click()
  await expect.poll(() => saved(host).at(-1)).toEqual({ questionsFolder: '/quiz' })
  await expect.element(page.getByRole('button', { name: 'Use this folder' })).not.toBeInTheDocument()
})
