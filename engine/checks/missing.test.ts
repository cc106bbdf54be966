import { expect, test } from 'vitest'
import { missingAt, missingIn } from './missing'

test.each([
  ['/containers/web/json', 'There is no container called web'],
  ['/images/registry:5000/team/shop:1/json', 'There is no image called registry:5000/team/shop:1'],
  ['/services/voting_db', 'There is no service called voting_db'],
  ['/volumes/ledger?x=1', 'There is no volume called ledger'],
])('at %s: %s', (path, clause) => {
  expect(missingAt(path)).toBe(clause)
})

test.each(['/info', '/containers/json?all=1', '/plugins/x', '/'])('%s names no thing', (path) => {
  expect(missingAt(path)).toBeUndefined()
})

/** What engines and programs of a node print. */
test.each([
  ['Error: No such container: answer', 'There is no container called answer'],
  ['Error response from daemon: No such container: web', 'There is no container called web'],
  ['Error: No such image: site:2', 'There is no image called site:2'],
  ['no such service: page', 'There is no service called page'],
  ['Error response from daemon: network shop not found', 'There is no network called shop'],
  ['Error response from daemon: get pages: no such volume', 'There is no volume called pages'],
  ['Error: No such object: web', 'There is nothing called web'],
  ['Error response from daemon: container web is not running', 'The container web is not running'],
  [`Error response from daemon: Container ${'a'.repeat(64)} is not running`, 'The container is not running'],
  ['This node is not a swarm manager. Use "docker swarm init"', 'node1 does not manage a swarm'],
  ['rpc error: The swarm does not have a leader.', 'The swarm has no leader'],
  ['Swarm is encrypted and needs to be unlocked', 'node1 has not been unlocked'],
  [
    'bash: line 1: /root/worker1-address: No such file or directory',
    'The file /root/worker1-address does not exist',
  ],
  ["head: cannot open '/root/a' for reading: No such file or directory", 'The file /root/a does not exist'],
  [
    'tar (child): /root/a.tar.gz: Cannot open: No such file or directory',
    'The file /root/a.tar.gz does not exist',
  ],
  [
    'sort: cannot read: /root/a: No such file or directory\nno such service: b',
    'The file /root/a does not exist',
  ],
  ['a warning\nno such service: b', 'There is no service called b'],
])('%s', (words, clause) => {
  expect(missingIn(words, 'node1')).toBe(clause)
})

test.each(['', 'permission denied', 'bash: line 1: syntax error'])(
  '"%s" says nothing of the kind',
  (words) => {
    expect(missingIn(words, 'node1')).toBeUndefined()
  },
)

/** The limit of the tests' time is the assertion. */
test('whatever a node prints is read in no time', () => {
  expect(missingIn('/'.repeat(256 * 1024), 'node1')).toBeUndefined()
})
