/** Builds the verification on a complete kernel into one program. */
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { threadPlugin } from '../../setup/thread-plugin.mjs'

export default defineConfig({
  plugins: [threadPlugin()],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/kernel',
    emptyOutDir: true,
    rollupOptions: {
      input: { kernel: resolve('test/kernel/index.ts') },
      output: { entryFileNames: '[name].js' },
    },
  },
})
