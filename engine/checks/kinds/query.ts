/** The check `query`: asks the node's engine API and selects from the answer by JMESPath. */
import { z } from 'zod'
import { isCapstanError } from '../../../shared/errors'
import { compileExpression, select as selectFrom } from '../../../shared/jmespath'
import { asValue, type Found, type Matcher, MatcherFile } from '../matchers'
import { missingAt, missingIn } from '../missing'
import {
  CheckBase,
  type CheckCommon,
  type CheckFlaw,
  type CheckKind,
  type CheckTarget,
  LOOK_LIMIT_MS,
} from './kind'

const QueryFile = CheckBase.extend({
  query: z.strictObject({
    /** A GET path of the engine API, such as /containers/web/json. */
    api: z.string().startsWith('/'),
    /** JMESPath over the answer; the whole answer when left out. */
    select: z.string().optional(),
  }),
  expect: MatcherFile,
})
export type QueryFile = z.infer<typeof QueryFile>

export interface QueryCheck extends CheckCommon {
  readonly kind: 'query'
  readonly api: string
  readonly select: string | null
  readonly expect: Matcher
}

export const query: CheckKind<QueryFile, QueryCheck> = {
  schema: QueryFile,
  toCheck: ({ query: { api, select = null }, expect }, common) => ({
    ...common,
    kind: 'query',
    api,
    select,
    expect,
  }),
  inspect: async (check, target) => [{ name: '', found: await answer(check, target), expect: check.expect }],
  matchersOf: ({ expect }) => [expect],
  flawsOf: ({ select }) => (select === null ? [] : flawsOfSelect(select)),
}

async function answer({ api, select }: QueryCheck, target: CheckTarget): Promise<Found> {
  try {
    const whole = await target.docker.get(api, LOOK_LIMIT_MS)
    return asValue(select === null ? whole : selectFrom(whole, select))
  } catch (error) {
    if (!isCapstanError(error, 'not-found') && !isCapstanError(error, 'engine-refused')) throw error
    const { code, message } = error
    const missing = missingIn(message, target.name)
    if (code === 'engine-refused') return { kind: 'error', message, missing }
    return { kind: 'absent', message, missing: missingAt(api) ?? missing }
  }
}

function flawsOfSelect(select: string): CheckFlaw[] {
  try {
    compileExpression(select)
    return []
  } catch (error) {
    const place = ['query', 'select']
    if (isCapstanError(error)) return [{ place, message: error.message, help: error.help ?? '' }]
    const message = `This is not JMESPath: ${error instanceof Error ? error.message : error}`
    return [{ place, message, help: 'See jmespath.org for the syntax.' }]
  }
}
