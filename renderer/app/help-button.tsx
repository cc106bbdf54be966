/** Opens the keys of the page. */
import { CircleHelp } from 'lucide-react'
import { Button } from '../components'

export function HelpButton({ onPress }: { readonly onPress: () => void }) {
  return (
    <Button
      weight="quiet"
      aria-label="Keyboard help"
      icon={<CircleHelp aria-hidden="true" />}
      onPress={onPress}
    />
  )
}
