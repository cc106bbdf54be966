/** Copies a link that asks for the same nodes, and brings a compose file if there is one. */
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import type { SessionView } from '../../../main/api'
import type { Action } from '../../api'
import { Button } from '../../components'
import { routeTo } from './link'
import { packText } from './packed-text'

interface Props {
  readonly session: SessionView
  readonly action: Action
  /** Without it, the link names the nodes only. */
  readonly compose?: string
}

export function CopyLink({ session, action, compose = '' }: Props) {
  const [copied, setCopied] = useState<string | null>(null)
  const copy = async () => {
    const link = linkTo(session, compose === '' ? null : await packText(compose))
    await navigator.clipboard.writeText(link)
    setCopied(compose)
  }
  return (
    <Button
      weight="quiet"
      small
      isDisabled={action.busy}
      icon={<Link2 aria-hidden="true" />}
      onPress={() => action.run(copy)}
    >
      {copied === compose ? 'Link copied' : compose === '' ? 'Copy link' : 'Copy link with this file'}
    </Button>
  )
}

/** The link has neither the address of this host nor its token. */
export function linkTo({ playground }: Pick<SessionView, 'playground'>, packed: string | null): string {
  const nodes = playground?.nodes ?? []
  const count = (role: 'manager' | 'worker') => nodes.filter((node) => node.role === role).length
  const choice = {
    name: playground?.name ?? '',
    engine: playground?.engine ?? null,
    managers: count('manager'),
    workers: count('worker'),
    swarm: nodes.some(({ swarm }) => swarm !== 'none'),
  }
  return `capstan:/${routeTo(choice, packed)}`
}
