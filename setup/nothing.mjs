/** Stands for packages that libraries load and Capstan never uses. See vite.main.config.ts and vite.renderer.config.ts. */
export {}
