/** Changes between the light and the dark theme. The settings can also follow the system. */
import { Moon, Sun } from 'lucide-react'
import { useSettings } from '../api'
import { Button } from '../components'
import { useTheme } from '../theme'

export function ThemeButton() {
  const { settings, change } = useSettings()
  const other = useTheme(settings.theme) === 'light' ? 'dark' : 'light'
  const Icon = other === 'light' ? Sun : Moon
  return (
    <Button
      weight="quiet"
      aria-label={`Use the ${other} theme`}
      icon={<Icon aria-hidden="true" />}
      onPress={() => void change({ theme: other })}
    />
  )
}
