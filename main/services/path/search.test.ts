import { expect, test } from 'vitest'
import { find } from './search'

const searched = (stem: string) => ({
  labs: [],
  objectives: [],
  questions: [{ id: 'sec-token-parts', stem, explanation: 'It is a digest.' }],
})
const found = (words: string, stem: string) => find(words, searched(stem)).map(({ to }) => to)

test('a question is found by its words as a page shows them, code with what stands behind it', () => {
  const stem = 'A token has the form `SWMTKN-1-3z8iy…`. What is the part after `docker swarm`?'
  expect(found('form SWMTKN-1-3z8iy…. what', stem)).toEqual(['/questions/sec-token-parts'])
  expect(found('`docker swarm`?', stem)).toEqual(['/questions/sec-token-parts'])
  expect(found('docker stack', stem)).toEqual([])
})

test('marks of code alone find nothing', () => {
  expect(found('` ``', 'What is `docker`?')).toEqual([])
})
