/** The buttons in the bar of a playground. */
import { FileUp, Save, Server, Trash2 } from 'lucide-react'
import type { SessionView } from '../../../main/api'
import { type Action, useClient } from '../../api'
import { Button } from '../../components'
import { useLeave } from '../../workbench'
import { CopyLink } from './copy-link'

export type Question = 'nodes' | 'compose' | 'delete'

interface Props {
  readonly session: SessionView
  readonly action: Action
  readonly onAsk: (question: Question) => void
}

export function BenchButtons({ session, action, onAsk }: Props) {
  const api = useClient()
  const leave = useLeave()
  const isOff = action.busy || session.state !== 'running'
  const save = () => leave(() => api.call('playground.save', { sessionId: session.id }), '/playground')
  const quiet = { weight: 'quiet', small: true } as const
  return (
    <>
      <Button
        {...quiet}
        isDisabled={isOff}
        icon={<Server aria-hidden="true" />}
        onPress={() => onAsk('nodes')}
      >
        Nodes
      </Button>
      <Button
        {...quiet}
        isDisabled={isOff}
        icon={<FileUp aria-hidden="true" />}
        onPress={() => onAsk('compose')}
      >
        Compose file
      </Button>
      <CopyLink session={session} action={action} />
      <Button
        {...quiet}
        isDisabled={isOff}
        icon={<Save aria-hidden="true" />}
        onPress={() => action.run(save)}
      >
        Save
      </Button>
      <Button
        {...quiet}
        isDisabled={action.busy}
        icon={<Trash2 aria-hidden="true" />}
        onPress={() => onAsk('delete')}
      >
        Delete
      </Button>
    </>
  )
}
