import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { show } from '../testing/show.test-kit'
import { helpWithDockerfiles } from './dockerfile'
import { monaco } from './monaco'
import { TextEditor } from './text-editor'

helpWithDockerfiles(monaco)

afterEach(() => {
  for (const editor of monaco.editor.getEditors()) editor.dispose()
  for (const model of monaco.editor.getModels()) model.dispose()
  document.body.replaceChildren()
})

function open(text: string) {
  const place = document.createElement('div')
  place.style.height = '400px'
  document.body.append(place)
  const model = monaco.editor.createModel(text, 'dockerfile')
  const editor = monaco.editor.create(place, { model })
  editor.focus()
  const marks = () => monaco.editor.getModelMarkers({ resource: model.uri }).map(({ message }) => message)
  return { editor, model, marks }
}

test('an unknown instruction is marked, and the mark goes when it is corrected', async () => {
  const { model, marks } = open('FRM nginx\n')
  await expect.poll(marks).toContain('Unknown instruction: FRM')
  model.setValue('FROM nginx\n')
  await expect.poll(marks).toEqual([])
})

test('what the present builder understands is not marked', async () => {
  const { marks, model } = open('FRM x')
  await expect.poll(marks).not.toEqual([])
  model.setValue(
    'FROM nginx AS site\nRUN --mount=type=secret,id=key <<EOF\ntrue\nEOF\nCOPY --link --from=site /a /b\n',
  )
  await expect.poll(marks).toEqual([])
})

test('an instruction is completed with its arguments', async () => {
  const { editor, model } = open('FROM nginx\nWOR')
  editor.setPosition({ lineNumber: 2, column: 4 })
  editor.trigger('test', 'editor.action.triggerSuggest', {})
  await expect.poll(() => document.querySelector('.suggest-widget')?.textContent).toContain('WORKDIR')
  editor.trigger('test', 'acceptSelectedSuggestion', {})
  await expect.poll(() => model.getLineContent(2)).toMatch(/^WORKDIR \S+/)
})

test('Enter begins a line while suggestions are shown', async () => {
  const changed = vi.fn()
  const { unmount } = await show(
    <div style={{ height: 400 }}>
      <TextEditor path="/root/Dockerfile" text="" onChange={changed} onSave={() => undefined} />
    </div>,
  )
  await expect.poll(() => document.querySelector('.view-lines')).not.toBeNull()
  await userEvent.keyboard('WORK')
  await expect.poll(() => document.querySelector('.suggest-widget')?.textContent).toContain('WORKDIR')
  await userEvent.keyboard('{Enter}x')
  await expect.poll(() => changed.mock.lastCall?.[0]).toBe('WORK\nx')
  await unmount()
})
