/** The buttons in the bar of a playground. */
import { FileUp, Link2, Network, Save, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { SessionView } from '../../../main/api'
import { type Action, useClient } from '../../api'
import { Button } from '../../components'
import { routeTo } from './link'

export type Question = 'nodes' | 'compose' | 'delete'

interface Props {
  readonly session: SessionView
  readonly action: Action
  readonly onAsk: (question: Question) => void
}

export function BenchButtons({ session, action, onAsk }: Props) {
  const api = useClient()
  const [, navigate] = useLocation()
  const isOff = action.busy || session.state !== 'running'
  const save = async () => {
    await api.call('playground.save', { sessionId: session.id })
    navigate('/playground')
  }
  const quiet = { weight: 'quiet', small: true } as const
  return (
    <>
      <Button
        {...quiet}
        isDisabled={isOff}
        icon={<Network aria-hidden="true" />}
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
      <CopyLink session={session} />
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

/** The link names the nodes. It has neither the address of this host nor its token. */
function CopyLink({ session }: Pick<Props, 'session'>) {
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(linkTo(session))
    setIsCopied(true)
  }
  return (
    <Button weight="quiet" small icon={<Link2 aria-hidden="true" />} onPress={() => void copy()}>
      {isCopied ? 'Link copied' : 'Copy link'}
    </Button>
  )
}

export function linkTo({ playground }: Pick<SessionView, 'playground'>): string {
  const nodes = playground?.nodes ?? []
  const count = (role: 'manager' | 'worker') => nodes.filter((node) => node.role === role).length
  const choice = {
    name: playground?.name ?? '',
    engine: playground?.engine ?? null,
    managers: count('manager'),
    workers: count('worker'),
    swarm: nodes.some(({ swarm }) => swarm !== 'none'),
  }
  return `capstan:/${routeTo(choice, null)}`
}
