/** Builds the page. */
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: resolve('renderer'),
  plugins: [react()],
  build: {
    outDir: resolve('dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // Monaco is one large part that is loaded when the editor is first opened.
    chunkSizeWarningLimit: 4000,
  },
  worker: { format: 'es' },
})
