#!/usr/bin/env node
/** The `capstan` command: sets up what is missing, then runs the command line. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuild } from './build.mjs'
import { keepCompiledCode } from './compiled-code.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { ROOT } from './run.mjs'

await ensureDependencies()
await ensureBuild()
keepCompiledCode()
await import(pathToFileURL(join(ROOT, 'dist/main/cli.js')).href)
