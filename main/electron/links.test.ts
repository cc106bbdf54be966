import { expect, test } from 'vitest'
import { addressOfLink, linkIn } from './links'
import { mayNavigate } from './policy'

test('a link leads to a page of the app', () => {
  const address = addressOfLink('capstan://playground?managers=3')
  expect(address).toBe('app://capstan/index.html#/playground?managers=3')
  expect(mayNavigate(address ?? '')).toBe(true)
})

test.each(['https://example.org/#/playground', '/playground', 'capstan://settings', 'capstan:', 'file:///x'])(
  '%s leads nowhere',
  (link) => {
    expect(addressOfLink(link)).toBeNull()
  },
)

test('the link is found in a command line', () => {
  expect(linkIn(['/opt/capstan', '--flag', 'CAPSTAN://labs/container-life'])).toBe(
    'CAPSTAN://labs/container-life',
  )
  expect(linkIn(['/opt/capstan'])).toBeNull()
})
