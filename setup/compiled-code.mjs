/**
 * The compiled code of the app, which Node keeps so that the next start takes less time. Node can do so since 22.1; an
 * older one ignores all of this (nodejs.org/api, "Module compile cache").
 */
import { rmSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

const folderIn = (root) => join(root, 'dist/compiled')

/** The environment of a program whose compiled code is kept. A folder that the user has named stays. */
export function keepingCompiledCode(env = process.env, root = ROOT) {
  return { NODE_COMPILE_CACHE: folderIn(root), ...env }
}

/** Keeps the compiled code of what this process loads from now on. */
export function keepCompiledCode(root = ROOT) {
  if (!process.env.NODE_COMPILE_CACHE) module.enableCompileCache?.(folderIn(root))
}

/** Node itself never removes what belongs to an earlier build. */
export function forgetCompiledCode(root = ROOT) {
  rmSync(folderIn(root), { recursive: true, force: true })
}
