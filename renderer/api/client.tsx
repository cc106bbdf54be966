/** Hands the client of the contract down to every component. */
import { createContext, type ReactNode, useContext } from 'react'
import type { Client, Contract } from '../../main/api'

export type ConnectionState = 'connecting' | 'connected' | 'lost'

/** The part of the connection to the host that pages use. */
export interface PageClient extends Client<Contract> {
  readonly state: ConnectionState
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
