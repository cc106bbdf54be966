/** Loads Monaco with the languages of the labs. Its worker is one of our own files, because the page loads nothing from elsewhere. */
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

self.MonacoEnvironment = { getWorker: () => new EditorWorker() }

monaco.editor.defineTheme('capstan-dark', {
  base: 'vs-dark',
  inherit: true,
  rules: [],
  colors: {
    'editor.background': '#0c1116',
    'editorGutter.background': '#0c1116',
    'editor.lineHighlightBackground': '#141b23',
  },
})
monaco.editor.defineTheme('capstan-light', {
  base: 'vs',
  inherit: true,
  rules: [],
  colors: {
    'editor.background': '#fdfcfa',
    'editorGutter.background': '#fdfcfa',
    'editor.lineHighlightBackground': '#f4f2ee',
  },
})

export { monaco }
