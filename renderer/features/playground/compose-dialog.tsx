/** Takes a compose file from the clipboard, from disk or from a link, shows it, and deploys it when the person says so. */
import { type ChangeEvent, useState } from 'react'
import { LARGEST_COMPOSE, type PlacedCompose, type SessionView, StackName } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { Button, Dialog, ProblemPanel } from '../../components'
import { CopyLink } from './copy-link'

interface Props {
  readonly session: SessionView
  readonly text: string
  readonly onText: (text: string) => void
  readonly isOpen: boolean
  readonly onClose: () => void
  /** The file is in its node: the command that deploys it can be run there. */
  readonly onPlaced: (placed: PlacedCompose) => void
}

export function ComposeDialog({ session, text, onText, isOpen, onClose, onPlaced }: Props) {
  const api = useClient()
  const action = useAction()
  const { busy, problem, run } = action
  const [name, setName] = useState('app')
  const [fileProblem, setFileProblem] = useState<string | null>(null)
  const reason = fileProblem ?? whyNot(name, text)
  const deploy = async () => {
    onPlaced(await api.call('playground.placeCompose', { sessionId: session.id, name, text }))
    onClose()
  }
  return (
    <Dialog title="Deploy a compose file" isOpen={isOpen} onClose={onClose}>
      <div className="playground-dialog">
        <p>
          The file is kept in a node, under <code>/root/{name}</code>. In a swarm it becomes a stack; without
          one, Compose starts it. Its output is in the terminal.
        </p>
        <label className="playground-field">
          <span>Name of the stack</span>
          <input
            className="control"
            maxLength={32}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <label className="playground-field">
          <span>Text of the file</span>
          <textarea
            className="control playground-compose"
            spellCheck={false}
            value={text}
            onChange={({ target }) => {
              setFileProblem(null)
              onText(target.value)
            }}
          />
        </label>
        <FileField onText={onText} onProblem={setFileProblem} />
        {reason ? (
          <p role="status">{reason}</p>
        ) : (
          <div>
            <CopyLink session={session} action={action} compose={text} />
          </div>
        )}
        {problem && <ProblemPanel problem={problem} />}
      </div>
      <div className="dialog-actions">
        <Button onPress={onClose}>Cancel</Button>
        <Button weight="primary" isDisabled={busy || reason !== null} onPress={() => run(deploy)}>
          Deploy
        </Button>
      </div>
    </Dialog>
  )
}

interface FileProps {
  readonly onText: (text: string) => void
  readonly onProblem: (problem: string | null) => void
}

function FileField({ onText, onProblem }: FileProps) {
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (!file) return
    if (file.size > LARGEST_COMPOSE) return onProblem(TOO_LARGE)
    onProblem(null)
    onText(await file.text())
  }
  return (
    <label className="playground-field">
      <span>Or a file of this computer</span>
      <input type="file" accept=".yaml,.yml" onChange={(event) => void take(event)} />
    </label>
  )
}

const TOO_LARGE = `A compose file has up to ${LARGEST_COMPOSE / 1024} KiB.`

function whyNot(name: string, text: string): string | null {
  if (!StackName.safeParse(name).success)
    return 'A name has small letters, digits, hyphens and underscores, and begins with a letter or a digit.'
  if (text.trim() === '') return 'Paste the text of a compose file, or choose a file.'
  return text.length > LARGEST_COMPOSE ? TOO_LARGE : null
}
