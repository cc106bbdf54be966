/** Whether something that opens by itself may take the focus. A panel that is being read, such as the tour, keeps it. */
export function mayTakeFocus(): boolean {
  return !document.activeElement?.closest('[data-keeps-focus]')
}
