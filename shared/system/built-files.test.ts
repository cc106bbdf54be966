import { expect, test } from 'vitest'
import { builtFile } from './built-files'

test.each([
  ['/app/dist/main/cli.js', '/app/dist/bank.jsonl'],
  ['/app/dist/main/assets/web-1a2b.js', '/app/dist/bank.jsonl'],
  [
    '/opt/capstan/resources/app.asar/dist/main/electron.js',
    '/opt/capstan/resources/app.asar/dist/bank.jsonl',
  ],
  ['/app/main/services/bank/built.ts', null],
])('a built file of the program %s is %s', (program, path) => {
  expect(builtFile('bank.jsonl', program)).toBe(path)
})

test('code that runs from its sources has no built files', () => {
  expect(builtFile('bank.jsonl')).toBeNull()
})
