/** Lays a gzipped copy beside each file of the built page that gets smaller by it. The web host sends the copies. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const TEXT = /\.(js|css|html|svg|json)$/
const BEST = 9

export function gzipPlugin() {
  let folder = ''
  return {
    name: 'capstan-gzip',
    apply: 'build',
    configResolved({ build }) {
      folder = build.outDir
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true })) {
        if (!TEXT.test(name)) continue
        const content = readFileSync(join(folder, name))
        const packed = gzipSync(content, { level: BEST })
        if (packed.length < content.length) writeFileSync(join(folder, `${name}.gz`), packed)
      }
    },
  }
}
