/**
 * Chooses the share of the proofs that a test run does, and the seed of its fuzz tests.
 *
 * Proofs of all questions, of all mistakes of labs and of Docker's features take longer than a whole run may. Each
 * commit has one sixth of them, or less, and the same commit always has the same part, so a red run can be repeated.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

const PARTS = 6

/** @returns the share as `k/n`: every n-th, from the k-th on */
export function shareOf(commit, parts = PARTS) {
  return `${1 + (Number.parseInt(commit.slice(0, 8), 16) % parts)}/${parts}`
}

function head() {
  return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim()
}

/** A copy without its history has the share of its version. */
function version() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version
}

/** @returns the seed of the fuzz tests: the same commit always tries the same inputs */
export function seedOf(commit) {
  return Number.parseInt(commit.slice(0, 7), 16)
}

/** The seed of this run's fuzz tests: the one that the environment asks for, or that of the commit. */
export function chosenSeed({ asked = process.env.CAPSTAN_SEED, commit = head } = {}) {
  if (asked) return Number(asked)
  try {
    return seedOf(commit())
  } catch {
    return seedOf(Buffer.from(version()).toString('hex'))
  }
}

/**
 * The share of this run, with the reason for it.
 * @returns {{ share: string, reason: string }}
 */
export function chosenShare({ asked = process.env.CAPSTAN_PROOFS, commit = head, parts = PARTS } = {}) {
  if (asked) return { share: asked, reason: 'CAPSTAN_PROOFS asks for it' }
  try {
    const id = commit()
    return { share: shareOf(id, parts), reason: `the commit is ${id.slice(0, 8)}` }
  } catch {
    const id = Buffer.from(version()).toString('hex')
    return { share: shareOf(id, parts), reason: `there is no commit, and the version is ${version()}` }
  }
}
