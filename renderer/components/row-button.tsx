/** A line of a list that can be chosen, such as a step of a lab or a task of an exam. */
import type { ComponentProps } from 'react'
import './row-button.css'

export function RowButton({ className = '', ...props }: ComponentProps<'button'>) {
  return <button type="button" className={`row-button ${className}`} {...props} />
}
