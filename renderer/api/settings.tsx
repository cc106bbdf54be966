/** The settings. All pages share one copy of them. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Settings } from '../../main/api'
import { useClient } from './client'

interface SettingsValue {
  readonly settings: Settings
  readonly change: (change: Partial<Settings>) => Promise<void>
}

const Context = createContext<SettingsValue | null>(null)

/** Shows its children when the settings have come. */
export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const api = useClient()
  const [settings, setSettings] = useState<Settings | null>(null)
  useEffect(() => {
    void api.call('settings.get', {}).then(setSettings)
  }, [api])
  const change = useCallback(
    async (part: Partial<Settings>) => {
      setSettings((last) => last && { ...last, ...part })
      setSettings(await api.call('settings.set', part))
    },
    [api],
  )
  const value = useMemo(() => settings && { settings, change }, [settings, change])
  return value && <Context.Provider value={value}>{children}</Context.Provider>
}

export function useSettings(): SettingsValue {
  const value = useContext(Context)
  if (!value) throw new Error('useSettings is used outside of SettingsProvider')
  return value
}
