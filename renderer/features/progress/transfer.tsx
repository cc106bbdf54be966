/** Everything about the student: exported for another computer, imported from one, and reset. */
import { Download, Trash2, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useAction, useClient } from '../../api'
import { Button, ConfirmDialog, ProblemPanel, saveBlob } from '../../components'
import { packFile } from './packed-file'
import { importWords } from './words'
import './transfer.css'

interface Props {
  /** There is nothing to export and to reset. */
  readonly isEmpty: boolean
  readonly onChanged: () => void
}

export function Transfer({ isEmpty, onChanged }: Props) {
  const api = useClient()
  const { busy, problem, run, forget } = useAction()
  const [done, setDone] = useState('')
  const change = (work: () => Promise<string>) => {
    setDone('')
    run(async () => {
      setDone(await work())
      onChanged()
    })
  }
  const save = () =>
    run(async () => {
      const { name, text } = await api.call('transfer.export', {})
      saveBlob(new Blob([text], { type: 'application/json' }), name)
    })
  const bring = (file: File) =>
    change(async () => importWords(await api.call('transfer.import', { packed: await packFile(file) })))
  const reset = () =>
    change(async () => {
      await api.call('transfer.reset', {})
      return 'Your progress was reset.'
    })
  return (
    <>
      <section className="transfer" aria-labelledby="transfer-title">
        <h2 id="transfer-title">On another computer</h2>
        <p className="progress-soft">
          The file has your attempts with their answers and keys, your labs, bookmarks and notes. An import
          adds what is not there yet, and loses nothing.
        </p>
        <div className="transfer-actions">
          {!isEmpty && (
            <Button icon={<Download aria-hidden="true" />} isDisabled={busy} onPress={save}>
              Export everything
            </Button>
          )}
          <Import busy={busy} onFile={bring} />
        </div>
        <p role="status">{done}</p>
        {problem && <ProblemPanel problem={problem} onClose={forget} />}
      </section>
      {!isEmpty && <StartOver busy={busy} onReset={reset} />}
    </>
  )
}

function Import({ busy, onFile }: { readonly busy: boolean; readonly onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button icon={<Upload aria-hidden="true" />} isDisabled={busy} onPress={() => input.current?.click()}>
        Import
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Export to import"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) onFile(file)
          // The same file can be chosen again.
          target.value = ''
        }}
      />
    </>
  )
}

function StartOver({ busy, onReset }: { readonly busy: boolean; readonly onReset: () => void }) {
  const [isAsked, setIsAsked] = useState(false)
  return (
    <section className="transfer" aria-labelledby="start-over-title">
      <h2 id="start-over-title">Start over</h2>
      <Button
        weight="quiet"
        icon={<Trash2 aria-hidden="true" />}
        isDisabled={busy}
        onPress={() => setIsAsked(true)}
      >
        Reset progress
      </Button>
      <ConfirmDialog
        title="Reset your progress?"
        isOpen={isAsked}
        onClose={() => setIsAsked(false)}
        text="All mock exams, practices, drills and hands-on exams go, with their answers and scores; so do the progress of labs, your bookmarks and your notes. They cannot be brought back without an export. Your settings and open labs stay."
        action="Reset progress"
        danger
        onConfirm={onReset}
      />
    </section>
  )
}
