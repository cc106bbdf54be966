import type { Plugin } from 'vite'

export function gzipPlugin(): Plugin
