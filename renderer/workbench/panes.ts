/** The order in which F6 visits the panes. */

/** The index of the next pane, in a circle. Without a current pane it is the first one, or the last one backwards. */
export function nextPane(
  current: number,
  { count, backwards }: { count: number; backwards: boolean },
): number {
  if (count === 0) return -1
  if (current < 0) return backwards ? count - 1 : 0
  return (current + (backwards ? count - 1 : 1)) % count
}
