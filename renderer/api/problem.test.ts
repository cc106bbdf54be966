import { expect, test } from 'vitest'
import { ApiError } from '../../main/api'
import { asProblem } from './problem'

test.each([
  [
    'an error of the host keeps its code and its help',
    new ApiError({ code: 'no-engine', message: 'No engine.', help: 'Start one.' }),
    { code: 'no-engine', message: 'No engine.', help: 'Start one.' },
  ],
  ['any other error has its message', new Error('Boom.'), { code: 'internal', message: 'Boom.', help: null }],
  ['a thing that is no error is shown as text', 42, { code: 'internal', message: '42', help: null }],
])('%s', (_title, error, problem) => {
  expect(asProblem(error)).toEqual(problem)
})
