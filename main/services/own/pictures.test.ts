import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPicture } from '.'
import { pictureFacts } from './picture-size'

/** One pixel each, as programs write them. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const JPEG =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA='
const WEBP = 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=='

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-pictures-'))
  await mkdir(join(folder, 'own', 'pictures'), { recursive: true })
})
afterEach(async () => await rm(folder, { recursive: true }))

const bytes = (base64: string) => Buffer.from(base64, 'base64')
const put = (name: string, content: Uint8Array | string) =>
  writeFile(join(folder, 'own', 'pictures', name), content)
const read = (path: string) => readPicture(join(folder, 'own', 'one.yaml'), path)

test.each([
  ['png', PNG, 'image/png'],
  ['gif', GIF, 'image/gif'],
  ['jpg', JPEG, 'image/jpeg'],
  ['webp', WEBP, 'image/webp'],
])('%s is shown as what its bytes are, whatever it is called', async (_kind, base64, type) => {
  await put('a.png', bytes(base64))
  expect(await read('pictures/a.png')).toEqual({ type, bytes: bytes(base64) })
  expect(pictureFacts(bytes(base64))).toEqual({ type, width: 1, height: 1 })
})

describe('what is no picture of this folder is not shown', () => {
  test.each([
    ['another path', '../secret.png', 'beside their questions'],
    ['a path through the folder', 'pictures/../../secret.png', 'beside their questions'],
    ['a hidden file', 'pictures/.hidden.png', 'beside their questions'],
    ['a file that is not there', 'pictures/none.png', 'Put it into'],
    ['a link out of the folder', 'pictures/link.png', 'outside of the folder'],
    ['a drawing that can run scripts', 'pictures/a.svg', 'none of PNG'],
    ['a page', 'pictures/page.png', 'none of PNG'],
    ['an empty file', 'pictures/empty.png', 'none of PNG'],
    ['more bytes than are read', 'pictures/large.png', 'more than 2 MB'],
    ['more pixels than a page has room for', 'pictures/wide.png', '60000 × 60000 pixels'],
  ])('%s', async (_what, path, help) => {
    await writeFile(join(folder, 'secret.png'), bytes(PNG))
    await symlink(join(folder, 'secret.png'), join(folder, 'own', 'pictures', 'link.png'))
    await put('a.svg', '<svg onload="alert(1)"/>')
    await put('page.png', '<html>')
    await put('empty.png', '')
    await put('large.png', Buffer.concat([bytes(PNG), Buffer.alloc(3 * 1024 * 1024)]))
    const wide = bytes(PNG)
    wide.writeUInt32BE(60_000, 16)
    wide.writeUInt32BE(60_000, 20)
    await put('wide.png', wide)
    await expect(read(path)).rejects.toMatchObject({ code: 'not-found', help: expect.stringContaining(help) })
  })

  test('a folder in the place of a picture', async () => {
    await mkdir(join(folder, 'own', 'pictures', 'a.png'))
    await expect(read('pictures/a.png')).rejects.toMatchObject({ code: 'bad-input' })
  })
})

test.each([PNG, GIF, JPEG, WEBP])('a picture that was cut anywhere is none, and no error', (base64) => {
  const whole = bytes(base64)
  for (let length = 0; length < whole.length; length++) pictureFacts(whole.subarray(0, length))
  expect(pictureFacts(whole.subarray(0, 9))).toBeNull()
})
