/** Hands the client of the contract down to every component. */
import { createContext, type ReactNode, useContext } from 'react'
import type { Client, Contract, Notice } from '../../main/api'
import type { Emitter } from '../../shared/observable'

export type ConnectionState = 'connecting' | 'connected' | 'lost'

/** The part of the connection to the host that pages use. */
export interface PageClient extends Client<Contract> {
  readonly state: ConnectionState
  /** True while the host runs and does not let this page in. */
  readonly isRefused: boolean
  /** What the page itself has to tell the person, beside the notices of the host. */
  readonly notices: Emitter<Notice>
  /** @returns a function that stops the listening */
  readonly onState: (listener: () => void) => () => void
}

const Context = createContext<PageClient | null>(null)

interface Props {
  readonly client: PageClient
  readonly children: ReactNode
}

export function ClientProvider({ client, children }: Props) {
  return <Context.Provider value={client}>{children}</Context.Provider>
}

export function useClient(): PageClient {
  const client = useContext(Context)
  if (!client) throw new Error('useClient is used outside of ClientProvider')
  return client
}
