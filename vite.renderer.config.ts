/** Builds the page. */
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** A link to the project where the path of the project itself cannot be built; see setup/build.mjs. */
const root = process.env.CAPSTAN_BUILD_ROOT ?? process.cwd()

export default defineConfig({
  root: join(root, 'renderer'),
  // Every path goes through the link.
  resolve: { preserveSymlinks: root !== process.cwd() },
  plugins: [react()],
  build: {
    outDir: join(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // Monaco is one large part that is loaded when the editor is first opened.
    chunkSizeWarningLimit: 4000,
  },
  worker: { format: 'es' },
})
