import { describe, expect, test } from 'vitest'
import { FormItem } from '../form'
import { answerOf, mostChosen } from './answer'

const item = (kind: FormItem['kind'], order: number[], key: number[]) =>
  FormItem.parse({
    ...{ id: 'i', domain: 'd', objectives: [], difficulty: 'easy', extra: false },
    ...{ kind, delivery: 'classic', order, key },
  })

describe('an ordering', () => {
  const ordering = item('ordering', [3, 1, 2], [1, 2, 3])
  test.each<[string, number[], number[]]>([
    ['takes all of its entries in any order', [2, 3, 1], [2, 3, 1]],
    ['takes nothing when one is missing', [2, 3], []],
    ['takes nothing when one is there twice and another is missing', [2, 2, 3], []],
    ['takes nothing of others', [2, 3, 9], []],
  ])('%s', (_name, options, taken) => {
    expect(answerOf(ordering, options)).toEqual(taken)
  })
})

describe('a matching', () => {
  const matching = item('matching', [7, 8], [7, 8, 7])
  test.each<[string, number[], number[]]>([
    ['takes one option for two prompts', [7, 7, 8], [7, 7, 8]],
    ['leaves prompts without an option', [0, 8, 0], [0, 8, 0]],
    ['is without an answer when all of them are', [0, 0, 0], []],
    ['takes no options of others', [9, 8, 7], [0, 8, 7]],
    ['fills up what is too short', [8], [8, 0, 0]],
  ])('%s', (_name, options, taken) => {
    expect(answerOf(matching, options)).toEqual(taken)
  })

  test('may have more prompts than options', () => {
    expect(mostChosen(matching)).toBe(3)
    expect(mostChosen(item('multiple', [1, 2], [1]))).toBe(2)
  })
})
