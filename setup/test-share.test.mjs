import { describe, expect, it } from 'vitest'
import { chosenShare, shareOf } from './test-share.mjs'

const COMMIT = '0000000418e8c92d5a1f00000000000000000000'

describe('shareOf', () => {
  it('is the same for the same commit', () => {
    expect(shareOf(COMMIT)).toBe(shareOf(COMMIT))
  })

  it.each([
    ['00000000', '1/6'],
    ['00000001', '2/6'],
    ['00000005', '6/6'],
    ['00000006', '1/6'],
    ['ffffffff', '4/6'],
  ])('of %s is %s', (commit, share) => {
    expect(shareOf(commit)).toBe(share)
  })
})

describe('chosenShare', () => {
  it('has as many parts as are asked for', () => {
    expect(chosenShare({ asked: undefined, commit: () => COMMIT, parts: 12 }).share).toBe('5/12')
  })

  it('depends on the commit', () => {
    const chosen = chosenShare({ asked: undefined, commit: () => COMMIT })
    expect(chosen).toEqual({ share: '5/6', reason: 'the commit is 00000004' })
  })

  it('is the one that was asked for', () => {
    const chosen = chosenShare({ asked: '1/1', commit: () => COMMIT })
    expect(chosen).toEqual({ share: '1/1', reason: 'CAPSTAN_PROOFS asks for it' })
  })

  it('depends on the version in a copy without its history', () => {
    const noGit = () => {
      throw new Error('not a repository')
    }
    const chosen = chosenShare({ asked: undefined, commit: noGit })
    expect(chosen.share).toMatch(/^[1-6]\/6$/)
    expect(chosen.reason).toMatch(/^there is no commit, and the version is \d/)
  })
})
