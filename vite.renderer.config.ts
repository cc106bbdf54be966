/** Builds the page. */
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { gzipPlugin } from './setup/gzip-plugin.mjs'

/** A link to the project where the path of the project itself cannot be built; see setup/build.mjs. */
const root = process.env.CAPSTAN_BUILD_ROOT ?? process.cwd()

export default defineConfig({
  root: join(root, 'renderer'),
  // Every path goes through the link.
  resolve: {
    preserveSymlinks: root !== process.cwd(),
    // The help for Dockerfiles would ask a registry for tags.
    alias: { https: join(root, 'setup/nothing.mjs') },
  },
  plugins: [react(), gzipPlugin()],
  build: {
    outDir: join(root, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    rollupOptions: {
      // The looks of the theme stay before those of the parts, which may change them.
      output: { codeSplitting: { groups: [{ name: 'theme', test: /\/renderer\/theme\// }] } },
      // The page takes types and ports of the contract, not the schemas: the host parses. Those fall away with zod.
      treeshake: { moduleSideEffects: (id) => !/\/main\/api\/|\/node_modules\/zod\//.test(id) },
    },
    // Monaco is one large part that is loaded when the editor is first opened.
    chunkSizeWarningLimit: 4200,
  },
  worker: { format: 'es' },
})
