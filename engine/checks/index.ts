/** Checks: how they are written, how they look at nodes, and how their results are judged and explained. */
export { Duration, parseDuration } from './duration'
export { evaluateCheck } from './evaluate'
export { type CheckResult, judge, judgeForAuthor } from './judge'
export {
  type Check,
  type CheckCommon,
  CheckFile,
  type CheckFlaw,
  type CheckTarget,
  ExecExpect,
  execExpected,
  execParts,
  Name,
  toCheck,
} from './kinds'
export { lintCheck } from './lint'
export { type Matcher, MatcherFile, type Pattern, patternOf } from './matchers'
