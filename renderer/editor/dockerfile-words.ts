/** Turns the answers of the Dockerfile service into the editor's own shapes. Its lines and columns begin at 0. */
import type { DockerfileLanguageService as Service } from 'dockerfile-language-service'
import type * as Monaco from 'monaco-editor/editor/editor.api'

type CompletionItem = Awaited<ReturnType<Service['computeCompletionItems']>>[number]
type Diagnostic = ReturnType<Service['validate']>[number]
type Hover = NonNullable<ReturnType<Service['computeHover']>>
type Range = Diagnostic['range']

const WARNING = 2
const SNIPPET = 2

/**
 * Whether the text ends in the tag or the digest of a base image. For tags the service would ask a registry, and nothing
 * that a student types leaves the machine.
 */
export function isInTag(before: string): boolean {
  const [instruction = ''] = before.split(/(?<!\\)\n/).slice(-1)
  return /^\s*FROM\s(?:.*\s)?\S*[:@]\S*$/is.test(instruction)
}

export function rangeOf({ start, end }: Range): Monaco.IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  }
}

/** @returns null for an item that does not say what it changes */
export function snippet(
  languages: typeof Monaco.languages,
  { label, textEdit, documentation, insertTextFormat }: CompletionItem,
): Monaco.languages.CompletionItem | null {
  if (!textEdit || !('range' in textEdit)) return null
  const isSnippet = insertTextFormat === SNIPPET
  return {
    label,
    kind: isSnippet ? languages.CompletionItemKind.Snippet : languages.CompletionItemKind.Keyword,
    insertText: textEdit.newText,
    insertTextRules: isSnippet
      ? languages.CompletionItemInsertTextRule.InsertAsSnippet
      : languages.CompletionItemInsertTextRule.None,
    range: rangeOf(textEdit.range),
    documentation: typeof documentation === 'object' ? { value: documentation.value } : (documentation ?? ''),
  }
}

export function reading(hover: Hover | null): Monaco.languages.Hover | null {
  if (!hover || Array.isArray(hover.contents)) return null
  const { contents, range } = hover
  const value = typeof contents === 'string' ? contents : contents.value
  return { contents: [{ value }], ...(range ? { range: rangeOf(range) } : {}) }
}

export function trouble(
  { MarkerSeverity }: typeof Monaco,
  { range, message, severity }: Diagnostic,
): Monaco.editor.IMarkerData {
  return {
    ...rangeOf(range),
    message,
    severity: severity === WARNING ? MarkerSeverity.Warning : MarkerSeverity.Error,
  }
}
