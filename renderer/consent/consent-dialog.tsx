/** Asks before a lab of somebody else runs, and says what it could do. */
import type { LabConsent } from '../../main/api'
import { Button, count, Dialog } from '../components'
import './consent-dialog.css'

interface ConsentDialogProps {
  readonly title: string
  readonly consent: LabConsent
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onAllow: () => void
}

export function ConsentDialog({ title, consent, isOpen, onClose, onAllow }: ConsentDialogProps) {
  const allow = () => {
    onClose()
    onAllow()
  }
  return (
    <Dialog title={`Allow “${title}” to run?`} isOpen={isOpen} onClose={onClose}>
      <p className="dialog-text">
        This lab does not ship with Capstan. Its files are in <code>{consent.folder}</code>.
      </p>
      <ul className="consent-list">
        <li>{scriptsSentence(consent.scripts)}</li>
        {consent.files > 0 && (
          <li>It copies files of its own into its nodes, from {count(consent.files, 'place')}.</li>
        )}
        <li>Its nodes can reach the internet and your network, where this computer can.</li>
      </ul>
      <p className="consent-risk">{RISKS[consent.isolation ?? 'host-root']}</p>
      <p className="dialog-text">
        Allow it only if you trust who made it. Capstan asks again when a file of the lab changes.
      </p>
      <div className="dialog-actions">
        <Button onPress={onClose} autoFocus>
          Do not run it
        </Button>
        <Button weight="danger" onPress={allow}>
          Allow and start
        </Button>
      </div>
    </Dialog>
  )
}

const RISKS: Readonly<Record<NonNullable<LabConsent['isolation']>, string>> = {
  'host-root':
    'On this engine a node is not a wall. Root in a node can become root on this computer, and can then read, change or delete everything on it.',
  'user-namespace':
    'On this engine root in a node is an ordinary user of this computer. A lab would need a fault of the kernel to get out of its nodes.',
}

function scriptsSentence(scripts: number): string {
  if (scripts === 0)
    return 'It runs no scripts by itself. What you type in its terminals runs as root of the node.'
  return `It runs ${count(scripts, 'script')} by itself, as root in its nodes.`
}
