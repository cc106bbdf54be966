/** How much was answered or done since a moment. The functions are pure. */

/** The last midnight, as the calendar here has it. */
export function midnightBefore(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate())
}

export function since(moment: Date, things: readonly { readonly at: Date }[]): number {
  return things.filter(({ at }) => at >= moment).length
}
