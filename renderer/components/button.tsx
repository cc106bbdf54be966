/** A button. Its weight says how much it matters on the page. */
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps } from 'react-aria-components'
import './button.css'

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  readonly weight?: 'primary' | 'normal' | 'quiet' | 'danger'
  readonly icon?: ReactNode
  readonly children?: ReactNode
  readonly small?: boolean
}

export function Button({ weight = 'normal', icon, children, small = false, ...props }: Props) {
  const classes = ['button', `button-${weight}`, small && 'button-small', !children && 'button-icon']
  return (
    <AriaButton {...props} className={classes.filter(Boolean).join(' ')}>
      {icon}
      {children && <span>{children}</span>}
    </AriaButton>
  )
}
