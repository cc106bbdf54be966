import { expect, test } from 'vitest'
import { languageOf } from './language'

test.each([
  ['/root/app/Dockerfile', 'dockerfile'],
  ['/root/Dockerfile.dev', 'dockerfile'],
  ['/root/compose.yaml', 'yaml'],
  ['/root/.dockerignore', 'plaintext'],
  ['/root/run.sh', 'shell'],
])('%s is %s', (path, language) => {
  expect(languageOf(path)).toBe(language)
})
