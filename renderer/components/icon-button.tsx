/** A small button that is an icon only. Its label is what a screen reader says. */
import type { LucideIcon } from 'lucide-react'
import type { ButtonProps } from 'react-aria-components'
import { Button } from './button'

interface Props extends Omit<ButtonProps, 'className' | 'children' | 'aria-label'> {
  readonly icon: LucideIcon
  readonly label: string
}

export function IconButton({ icon: Icon, label, ...props }: Props) {
  return <Button {...props} small weight="quiet" aria-label={label} icon={<Icon aria-hidden="true" />} />
}
