/** The settings. All pages share one copy of them. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Settings } from '../../main/api'
import { useClient } from './client'
import { useConnectionState } from './hooks'

/** What the page itself may change. */
type OwnSettings = Partial<Omit<Settings, 'hostTerminal'>>

interface SettingsValue {
  readonly settings: Settings
  readonly change: (change: OwnSettings) => Promise<void>
  /** Has the person asked, outside of the page, whether shells on this computer may be opened. */
  readonly askHostTerminal: (on: boolean) => Promise<void>
}

const Context = createContext<SettingsValue | null>(null)

interface Props {
  /** What is shown until the settings have come. */
  readonly waiting?: ReactNode
  readonly children: ReactNode
}

/** Shows its children when the settings have come. It asks again when the line to the host is back. */
export function SettingsProvider({ waiting = null, children }: Props) {
  const api = useClient()
  const [settings, setSettings] = useState<Settings | null>(null)
  const isConnected = useConnectionState() === 'connected'
  useEffect(() => {
    // A call that fails was lost with the line, and is made again with the next one.
    if (isConnected) api.call('settings.get', {}).then(setSettings, () => undefined)
  }, [api, isConnected])
  const change = useCallback(
    async (part: OwnSettings) => {
      setSettings((last) => last && { ...last, ...part })
      try {
        setSettings(await api.call('settings.set', part))
      } catch (error) {
        // What was refused is not what the page goes on with.
        api.call('settings.get', {}).then(setSettings, () => undefined)
        throw error
      }
    },
    [api],
  )
  const askHostTerminal = useCallback(
    async (on: boolean) => setSettings(await api.call('settings.askHostTerminal', { on })),
    [api],
  )
  const value = useMemo(
    () => settings && { settings, change, askHostTerminal },
    [settings, change, askHostTerminal],
  )
  return value ? <Context.Provider value={value}>{children}</Context.Provider> : waiting
}

export function useSettings(): SettingsValue {
  const value = useContext(Context)
  if (!value) throw new Error('useSettings is used outside of SettingsProvider')
  return value
}
