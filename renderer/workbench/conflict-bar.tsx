/** Says that a file was changed in the node while there is unsaved text here, and lets the student choose. */
import { TriangleAlert } from 'lucide-react'
import { Button } from '../components'
import type { OpenFile } from './kept-files'

interface Props {
  readonly file: OpenFile
  readonly isComparing: boolean
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
  readonly onCompare: () => void
}

export function ConflictBar({ file, isComparing, onKeepMine, onTakeTheirs, onCompare }: Props) {
  return (
    <aside className="files-conflict" role="alert" aria-label="A file has changed">
      <TriangleAlert aria-hidden="true" />
      <p>{file.path} was changed in the node, and you have text here that is not saved.</p>
      <Button small onPress={onKeepMine}>
        Keep mine
      </Button>
      <Button small onPress={onTakeTheirs}>
        Take theirs
      </Button>
      <Button small weight="quiet" aria-pressed={isComparing} onPress={onCompare}>
        {isComparing ? 'Back to the text' : 'Compare'}
      </Button>
    </aside>
  )
}
