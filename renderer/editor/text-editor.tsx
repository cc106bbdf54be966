/** Edits one text with Monaco. */
import { useEffect, useRef } from 'react'
import { useSettings } from '../api'
import { useTheme } from '../theme'
import { languageOf } from './language'
import { monaco } from './monaco'

interface Props {
  readonly path: string
  /** The text when the file was opened. Later texts come through `onChange`. */
  readonly text: string
  /** Goes up when the text was changed elsewhere, and is to be shown. */
  readonly revision?: number
  readonly onChange: (text: string) => void
  /** Gets the text that is in the editor. The page may not know yet what was typed last. */
  readonly onSave: (text: string) => void
}

export function TextEditor({ path, text, revision = 0, onChange, onSave }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null)
  const latest = useRef({ onChange, onSave })
  latest.current = { onChange, onSave }
  const { settings } = useSettings()
  const theme = useTheme(settings.theme)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new file is a new editor, and later texts come from the student
  useEffect(() => {
    if (!place.current) return
    const created = createEditor(place.current, path)
    const model = monaco.editor.createModel(text, languageOf(path))
    created.setModel(model)
    created.onDidChangeModelContent(() => latest.current.onChange(created.getValue()))
    created.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () =>
      latest.current.onSave(created.getValue()),
    )
    created.focus()
    editor.current = created
    return () => {
      editor.current = null
      created.dispose()
      model.dispose()
    }
  }, [path])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed comes from this editor itself
  useEffect(() => {
    const model = editor.current?.getModel()
    if (!model || model.getValue() === text) return
    // As an edit it can be undone, and the cursor stays where it is.
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
  }, [revision])

  useEffect(() => {
    monaco.editor.setTheme(theme === 'dark' ? 'capstan-dark' : 'capstan-light')
  }, [theme])

  useEffect(() => {
    editor.current?.updateOptions({ fontSize: settings.terminal.fontSize })
  }, [settings.terminal.fontSize])

  return <div ref={place} className="editor-place" data-testid="text-editor" />
}

function createEditor(place: HTMLElement, path: string): monaco.editor.IStandaloneCodeEditor {
  return monaco.editor.create(place, {
    automaticLayout: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    padding: { top: 8 },
    tabSize: 2,
    // Enter begins a line unless somebody has chosen a suggestion.
    suggest: { selectionMode: 'never' },
    ariaLabel: `Editor ${path}`,
  })
}
