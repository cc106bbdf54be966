import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { forgetCompiledCode, keepingCompiledCode } from './compiled-code.mjs'
import { folderWith } from './folder.test-kit.mjs'

it('names a folder of the build, and leaves one that the user has named', () => {
  expect(keepingCompiledCode({ A: 'b' }, '/app')).toEqual({
    A: 'b',
    NODE_COMPILE_CACHE: join('/app', 'dist/compiled'),
  })
  expect(keepingCompiledCode({ NODE_COMPILE_CACHE: '/mine' }, '/app').NODE_COMPILE_CACHE).toBe('/mine')
})

const reason = module.enableCompileCache ? '' : `: Node ${process.version} cannot, and needs 22.1`

it.skipIf(reason)(`is kept for the next start${reason}`, () => {
  const root = folderWith()
  const program = join(root, 'program.mjs')
  writeFileSync(program, 'export const answer = () => 42\nanswer()\n')
  const { status } = spawnSync(process.execPath, [program], { env: keepingCompiledCode(process.env, root) })
  expect(status).toBe(0)
  expect(readdirSync(join(root, 'dist/compiled'))).not.toEqual([])
})

it('goes with the build that it belongs to', () => {
  const root = folderWith()
  mkdirSync(join(root, 'dist/compiled/v1'), { recursive: true })
  forgetCompiledCode(root)
  expect(existsSync(join(root, 'dist/compiled'))).toBe(false)
  forgetCompiledCode(root)
})
