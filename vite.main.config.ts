/** Builds everything behind the window: the command line and the desktop shell. */
import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { threadPlugin } from './setup/thread-plugin.mjs'

/** What dockerode needs for ways that engine/docker does not take: ssh, and BuildKit sessions. It is most of its code. */
const UNUSED = /^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader)$/

export default defineConfig({
  plugins: [threadPlugin()],
  resolve: { alias: [{ find: UNUSED, replacement: resolve('setup/nothing.mjs') }] },
  // Packages are built in: Node takes longer to find and read their thousand files than to run the app.
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/main',
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: {
      input: {
        cli: resolve('main/cli/index.ts'),
        electron: resolve('main/electron/main.ts'),
        'build-bank': resolve('main/services/bank/build.ts'),
        'build-labs': resolve('main/services/trust/build.ts'),
        'build-path': resolve('main/services/path/build.ts'),
      },
      output: { entryFileNames: '[name].js' },
      // node-pty is missing where its native part cannot be built; the app says so when a shell is opened.
      external: [...builtinModules, 'electron', 'node-pty'],
    },
  },
})
