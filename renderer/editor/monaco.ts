/** Monaco with the languages of the labs, the colours of the app, and a worker from our own files. */
import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/dockerfile/register'
import 'monaco-editor/languages/definitions/ini/register'
import 'monaco-editor/languages/definitions/markdown/register'
import 'monaco-editor/languages/definitions/python/register'
import 'monaco-editor/languages/definitions/shell/register'
import 'monaco-editor/languages/definitions/html/register'
import 'monaco-editor/languages/definitions/javascript/register'
import 'monaco-editor/languages/definitions/yaml/register'
import * as monaco from 'monaco-editor/editor/editor.api'
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import { readTokens } from '../theme'

self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

const EDITOR_TOKENS = {
  'editor.background': '--terminal',
  'editorGutter.background': '--terminal',
  'editor.lineHighlightBackground': '--terminal-line',
} as const

for (const [theme, base] of [
  ['dark', 'vs-dark'],
  ['light', 'vs'],
] as const) {
  const colors = readTokens(theme, EDITOR_TOKENS)
  monaco.editor.defineTheme(`capstan-${theme}`, { base, inherit: true, rules: [], colors })
}

monaco.languages.onLanguage('dockerfile', async () => {
  const { helpWithDockerfiles } = await import('./dockerfile')
  helpWithDockerfiles(monaco)
})

export { monaco }
