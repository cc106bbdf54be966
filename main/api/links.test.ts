import { expect, test } from 'vitest'
import { routeOfLink } from './links'

test.each([
  ['capstan://playground?managers=3&workers=2&swarm=1', '/playground?managers=3&workers=2&swarm=1'],
  ['capstan://playground/?managers=3', '/playground?managers=3'],
  ['capstan://labs/container-life', '/labs/container-life'],
  ['capstan://objectives/ORC-03', '/objectives/ORC-03'],
  ['capstan://questions/net-dns.v2', '/questions/net-dns.v2'],
  [' #/playground?compose=a?b ', '/playground?compose=a?b'],
  ['/labs/container-life', '/labs/container-life'],
  ['http://127.0.0.1:4000/?token=secret#/playground?managers=1', '/playground?managers=1'],
  ['playground', '/playground'],
])('%s leads to %s', (link, route) => {
  expect(routeOfLink(link)).toBe(route)
})

test.each([
  '',
  'https://example.org/',
  'capstan://settings',
  'capstan://exam/1/result',
  'capstan://labs/../settings',
  'capstan://labs/a/b',
  'capstan://playground/abc',
  'capstan://questions',
  'capstan://questions/<script>',
  'capstan://objectives/<script>',
  'javascript:alert(1)',
  `capstan://playground?${'x'.repeat(200_000)}`,
])('%.40s leads nowhere', (link) => {
  expect(routeOfLink(link)).toBeNull()
})
