import { expect, test } from 'vitest'
import { keyAction } from './keys'

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
})
const on = (platform: 'mac' | 'windows' | 'linux', hasSelection = false) => ({ platform, hasSelection })

test('on Linux Ctrl+C always interrupts and Ctrl+Shift+C copies', () => {
  expect(keyAction(press('c', { ctrlKey: true }), on('linux', true))).toBeNull()
  expect(keyAction(press('C', { ctrlKey: true, shiftKey: true }), on('linux', true))).toBe('copy')
  expect(keyAction(press('V', { ctrlKey: true, shiftKey: true }), on('linux'))).toBe('paste')
})

test('on Windows Ctrl+C copies a selection and interrupts without one', () => {
  expect(keyAction(press('c', { ctrlKey: true }), on('windows', true))).toBe('copy')
  expect(keyAction(press('c', { ctrlKey: true }), on('windows'))).toBeNull()
  expect(keyAction(press('v', { ctrlKey: true }), on('windows'))).toBe('native')
})

test('Ctrl+V is left to the browser, which pastes', () => {
  expect(keyAction(press('v', { ctrlKey: true }), on('linux'))).toBe('native')
})

test('on a Mac Cmd copies and Ctrl belongs to the shell', () => {
  expect(keyAction(press('c', { metaKey: true }), on('mac', true))).toBe('copy')
  expect(keyAction(press('v', { metaKey: true }), on('mac'))).toBe('paste')
  expect(keyAction(press('c', { ctrlKey: true }), on('mac', true))).toBeNull()
})

test('F6 leaves the terminal everywhere, so that it is no trap', () => {
  for (const platform of ['mac', 'windows', 'linux'] as const)
    expect(keyAction(press('F6'), on(platform))).toBe('leave')
})

test('plain keys go to the shell', () => {
  expect(keyAction(press('c'), on('linux'))).toBeNull()
  expect(keyAction(press('Tab'), on('linux'))).toBeNull()
})

test('Ctrl+Enter never reaches the shell, to which it would be Enter', () => {
  for (const platform of ['mac', 'windows', 'linux'] as const) {
    expect(keyAction(press('Enter', { ctrlKey: true }), on(platform))).toBe('ignore')
    expect(keyAction(press('Enter', { metaKey: true }), on(platform))).toBe('ignore')
    expect(keyAction(press('Enter'), on(platform))).toBeNull()
  }
})
