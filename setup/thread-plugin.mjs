/**
 * `import { code } from './thread?thread'`: a module with everything that it imports, as one text for a worker thread.
 *
 * A text needs no file of its own, so a thread starts in the same way from the sources in tests, from dist/ and from the
 * archive of the packaged app.
 */
import { builtinModules } from 'node:module'
import { build } from 'vite'

const SUFFIX = '?thread'
const OURS = '\0thread:'

export function threadPlugin() {
  return {
    name: 'capstan-thread',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!id.endsWith(SUFFIX)) return null
      const resolved = await this.resolve(id.slice(0, -SUFFIX.length), importer)
      return resolved && `${OURS}${resolved.id}`
    },
    async load(id) {
      if (!id.startsWith(OURS)) return null
      return `export const code = ${JSON.stringify(await bundled(id.slice(OURS.length)))}`
    },
  }
}

/** A worker that is started from a text runs it as CommonJS. */
async function bundled(entry) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    // The files that Node itself would take: default imports then mean the same in the thread and in tests.
    environments: { ssr: { resolve: { mainFields: ['main'] } } },
    build: {
      ssr: entry,
      write: false,
      target: 'node20',
      minify: true,
      rollupOptions: { external: builtinModules, output: { format: 'cjs' } },
    },
  })
  const chunks = [result].flat().flatMap(({ output }) => output)
  if (chunks.length !== 1) throw new Error(`${entry} became ${chunks.length} files; a thread has to be one.`)
  return chunks[0].code
}
