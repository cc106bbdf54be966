/** Starts a lab. Where it needs consent, the person is asked first, and nothing is started before the answer. */
import { type ReactNode, useState } from 'react'
import type { LabSummary } from '../../main/api'
import { type Action, useClient } from '../api'
import { ConsentDialog } from './consent-dialog'

export interface StartLab {
  /** Starts the lab, or opens the dialog that asks. */
  readonly start: () => void
  /** The dialog; it shows nothing until it is needed. */
  readonly dialog: ReactNode
}

export interface StartOptions {
  /** Called when the session exists. */
  readonly onStarted?: () => void
  /** The step at which it begins; the first one when left out. */
  readonly stepId?: string | undefined
}

export function useStartLab(
  lab: Pick<LabSummary, 'id' | 'title' | 'consent'>,
  action: Action,
  { onStarted, stepId }: StartOptions = {},
): StartLab {
  const api = useClient()
  const [isAsking, setAsking] = useState(false)
  const { id: labId, consent } = lab
  const begin = async () => {
    await api.call('session.start', { labId, ...(stepId && { stepId }) })
    onStarted?.()
  }
  const allowAndBegin = async (hash: string) => {
    await api.call('lab.allow', { labId, hash })
    await begin()
  }
  return {
    start: () => (consent ? setAsking(true) : action.run(begin)),
    dialog: consent && (
      <ConsentDialog
        title={lab.title}
        consent={consent}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onAllow={() => action.run(() => allowAndBegin(consent.hash))}
      />
    ),
  }
}
