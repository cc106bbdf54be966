/** Asks the student about what a program in a terminal wants. */
import { Button } from '../components'
import { openLink, preview, type TerminalRequest } from './requests'

interface Props {
  /** The name of the terminal, such as that of the node. */
  readonly title: string
  readonly request: TerminalRequest
  readonly onClose: () => void
}

export function RequestBar({ title, request, onClose }: Props) {
  const accept = () => {
    if (request.kind === 'open') openLink(request.url)
    // Where the browser refuses, nothing was copied, and the program did not need to know.
    else void navigator.clipboard.writeText(request.text).catch(() => undefined)
    onClose()
  }
  return (
    <aside className="terminal-request" role="alert" aria-label={`A program in ${title} asks`}>
      <p>
        {request.kind === 'copy'
          ? `A program in ${title} wants to put ${request.text.length} characters on your clipboard:`
          : `A link in ${title} leads to:`}{' '}
        <code>{preview(request.kind === 'copy' ? request.text : request.url)}</code>
      </p>
      <Button small weight="primary" onPress={accept}>
        {request.kind === 'copy' ? 'Copy' : 'Open'}
      </Button>
      <Button small onPress={onClose}>
        Dismiss
      </Button>
    </aside>
  )
}
