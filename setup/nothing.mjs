/** Stands in the program for packages that dockerode loads and Capstan never uses. See vite.main.config.ts. */
export {}
