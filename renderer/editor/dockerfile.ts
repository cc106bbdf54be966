/** What Dockerfiles need in the editor: completion, a word on each instruction, and marks on what is wrong. */
import { Buffer } from 'buffer/'
import { type DockerfileLanguageService, DockerfileLanguageServiceFactory } from 'dockerfile-language-service'
import type * as Monaco from 'monaco-editor/editor/editor.api'
import { isInTag, reading, snippet, trouble } from './dockerfile-words'

const LANGUAGE = 'dockerfile'
const OWNER = 'dockerfile'
/** Milliseconds without a key until the text is read again. */
const QUIET_MS = 300
/** Characters. A longer text is shown without help. */
const LONGEST = 100_000

// The service needs Node's Buffer, which a page does not have.
if (!('Buffer' in globalThis)) Object.assign(globalThis, { Buffer })

/** Gives all Dockerfiles of the editor help, those that are open and those to come. */
export function helpWithDockerfiles(monaco: typeof Monaco): void {
  const service = DockerfileLanguageServiceFactory.createLanguageService()
  service.setCapabilities({
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
  })
  completes(monaco, service)
  explains(monaco, service)
  for (const model of monaco.editor.getModels()) marks(monaco, service, model)
  monaco.editor.onDidCreateModel((model) => marks(monaco, service, model))
}

function completes({ languages }: typeof Monaco, service: DockerfileLanguageService): void {
  languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['-', ' '],
    async provideCompletionItems(model, { lineNumber, column }) {
      const text = model.getValue()
      const position = { line: lineNumber - 1, character: column - 1 }
      if (text.length > LONGEST || isInTag(text.slice(0, model.getOffsetAt({ lineNumber, column }))))
        return { suggestions: [] }
      const items = await service.computeCompletionItems(text, position)
      return {
        suggestions: items.flatMap((item) => snippet(languages, service.resolveCompletionItem(item)) ?? []),
      }
    },
  })
}

function explains({ languages }: typeof Monaco, service: DockerfileLanguageService): void {
  languages.registerHoverProvider(LANGUAGE, {
    provideHover(model, { lineNumber, column }) {
      const text = model.getValue()
      if (text.length > LONGEST) return null
      return reading(service.computeHover(text, { line: lineNumber - 1, character: column - 1 }))
    },
  })
}

function marks(
  monaco: typeof Monaco,
  service: DockerfileLanguageService,
  model: Monaco.editor.ITextModel,
): void {
  if (model.getLanguageId() !== LANGUAGE) return
  let timer: number | undefined
  const read = () => {
    const text = model.getValue()
    const found = text.length > LONGEST ? [] : service.validate(text)
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      found.map((one) => trouble(monaco, one)),
    )
  }
  model.onDidChangeContent(() => {
    clearTimeout(timer)
    timer = window.setTimeout(read, QUIET_MS)
  })
  model.onWillDispose(() => clearTimeout(timer))
  read()
}
