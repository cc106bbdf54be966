/** Builds the bench into one program. */
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { threadPlugin } from '../../setup/thread-plugin.mjs'

export default defineConfig({
  plugins: [threadPlugin()],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/bench',
    emptyOutDir: true,
    rollupOptions: {
      input: { bench: resolve('test/bench/index.ts') },
      output: { entryFileNames: '[name].js' },
    },
  },
})
