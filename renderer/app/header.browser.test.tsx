import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { RunningExam } from '../../main/api'
import { Feed } from '../testing/host.test-kit'
import { show } from '../testing/show.test-kit'
import { Header } from './header'

const NOTHING = () => undefined

afterEach(() => page.viewport(1280, 800))

function header(exam: RunningExam | null = null, onHelp = NOTHING) {
  return show(<Header onHelp={onHelp} onSearch={NOTHING} />, {
    at: '/labs/form-a-swarm',
    streams: { 'running.watch': new Feed({ exam }).watch },
  })
}

const menu = () => page.getByRole('button', { name: 'Menu: Labs' })
const links = () => page.getByRole('navigation', { name: 'Main' }).getByRole('link')

/** The height of one row, whatever stands in it. */
const heightOf = () => page.getByRole('banner').element().getBoundingClientRect().height

test('wide windows have the links beside each other, and no menu', async () => {
  await header()
  await expect.poll(() => links().elements()).toHaveLength(8)
  expect(menu().elements()).toEqual([])
})

test('narrow windows have one row, and the links in a menu that marks the page', async () => {
  await header()
  await expect.poll(() => links().elements()).toHaveLength(8)
  const height = heightOf()
  await page.viewport(320, 700)
  await expect.element(menu()).toBeVisible()
  expect(heightOf()).toBe(height)
  expect(links().elements()).toEqual([])
  await expect.element(page.getByRole('button', { name: 'Search' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Settings' })).toBeVisible()
  await menu().click()
  await expect.poll(() => links().elements()).toHaveLength(8)
  await expect.element(links().nth(1)).toHaveAttribute('aria-current', 'page')
})

test('the menu opens by key, Escape gives the focus back, and a link closes it', async () => {
  await page.viewport(640, 400)
  const { address } = await header()
  await expect.element(menu()).toBeVisible()
  menu().element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog', { name: 'Menu' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(menu()).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await links().last().click()
  expect(address()).toBe('/progress')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Menu: Progress' })).toBeVisible()
})

test('the menu of a narrow window has the buttons that the header leaves out', async () => {
  await page.viewport(320, 700)
  let asked = 0
  await header(null, () => {
    asked += 1
  })
  expect(page.getByRole('button', { name: 'Keyboard help' }).elements()).toEqual([])
  await menu().click()
  await expect.element(page.getByRole('button', { name: /^Use the .* theme$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Keyboard help' }).click()
  expect(asked).toBe(1)
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

test('a running exam has room beside the menu', async () => {
  await page.viewport(900, 700)
  await header({ kind: 'mock', id: 'a1', title: 'Mock exam', timeLeft: 90 * 60_000 })
  await expect.element(page.getByRole('link', { name: 'Mock exam · 90 min' })).toBeVisible()
  await expect.element(menu()).toBeVisible()
  const banner = page.getByRole('banner').element()
  expect(banner.querySelector('.header-end')?.getBoundingClientRect().right).toBeLessThanOrEqual(900)
})
