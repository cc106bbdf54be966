/** Shows two texts side by side with what differs. Nothing is changed here. */
import { useEffect, useRef } from 'react'
import { useSettings } from '../api'
import { useTheme } from '../theme'
import { languageOf } from './language'
import { monaco } from './monaco'

interface Props {
  readonly path: string
  /** The text on the left. */
  readonly theirs: string
  /** The text on the right. */
  readonly mine: string
}

export function TextDiff({ path, theirs, mine }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const { settings } = useSettings()
  const theme = useTheme(settings.theme)
  const { fontSize } = settings.terminal
  useEffect(() => {
    if (!place.current) return
    const [original, modified] = [theirs, mine].map((text) =>
      monaco.editor.createModel(text, languageOf(path)),
    )
    if (!original || !modified) return
    const editor = monaco.editor.createDiffEditor(place.current, {
      automaticLayout: true,
      readOnly: true,
      fontSize,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      originalAriaLabel: `${path} in the node`,
      modifiedAriaLabel: `${path} here`,
    })
    editor.setModel({ original, modified })
    return () => {
      editor.dispose()
      original.dispose()
      modified.dispose()
    }
  }, [path, theirs, mine, fontSize])
  useEffect(() => {
    monaco.editor.setTheme(theme === 'dark' ? 'capstan-dark' : 'capstan-light')
  }, [theme])
  return (
    <section className="editor-diff" aria-label={`Comparison of ${path}`}>
      <p className="editor-diff-titles">
        <span>In the node</span>
        <span>Here, not saved</span>
      </p>
      <div ref={place} className="editor-place" />
    </section>
  )
}
