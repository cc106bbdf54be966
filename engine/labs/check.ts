/** A check as it stands in a file, with its short forms spelt out. */
import type { Check } from './lab'
import type { CheckFile, Matcher } from './schema'

/** @param on the node it looks at */
export function toCheck(check: CheckFile, on: string): Check {
  const common = {
    name: check.name,
    on,
    within: check.within,
    explain: check.explain ?? null,
    guard: check.guard,
    points: check.points,
  }
  if ('query' in check) {
    return {
      ...common,
      kind: 'query',
      api: check.query.api,
      select: check.query.select ?? null,
      expect: check.expect,
    }
  }
  if ('exec' in check) {
    const {
      run,
      in: container,
      user,
      shell,
    } = typeof check.exec === 'string'
      ? { run: check.exec, in: undefined, user: undefined, shell: 'bash' as const }
      : check.exec
    return {
      ...common,
      kind: 'exec',
      run,
      in: container ?? null,
      user: user ?? null,
      shell,
      expect: parts(check.expect, ['exit', 'stdout', 'stderr'], 'stdout'),
    }
  }
  if ('http' in check) {
    const {
      url,
      method,
      headers,
      in: container,
    } = typeof check.http === 'string'
      ? { url: check.http, method: 'GET', headers: {}, in: undefined }
      : check.http
    return {
      ...common,
      kind: 'http',
      url,
      method,
      headers,
      in: container ?? null,
      expect: parts(check.expect, ['status', 'body', 'headers', 'error'], 'body'),
    }
  }
  const { path, in: container } =
    typeof check.file === 'string' ? { path: check.file, in: undefined } : check.file
  return {
    ...common,
    kind: 'file',
    path,
    in: container ?? null,
    expect: parts(check.expect, ['content', 'mode', 'owner', 'type', 'size', 'absent'], 'content'),
  }
}

/** An expectation by parts; a plain matcher is one of the main part. */
function parts<T extends object>(expect: T | Matcher | undefined, keys: readonly string[], main: string): T {
  if (expect === undefined) return {} as T
  const isByParts =
    typeof expect === 'object' &&
    expect !== null &&
    !Array.isArray(expect) &&
    Object.keys(expect).every((key) => keys.includes(key))
  return (isByParts ? expect : { [main]: expect }) as T
}
