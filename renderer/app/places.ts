/** The pages to which the header leads. */

export interface Place {
  readonly path: string
  readonly name: string
}

export const PLACES: readonly Place[] = [
  { path: '/', name: 'Home' },
  { path: '/labs', name: 'Labs' },
  { path: '/paths', name: 'Paths' },
  { path: '/playground', name: 'Playground' },
  { path: '/exam', name: 'Exam' },
  { path: '/practice', name: 'Practice' },
  { path: '/hands-on', name: 'Hands-on' },
  { path: '/progress', name: 'Progress' },
]

/** The place to which an address belongs. Undefined where it belongs to none. */
export function placeAt(location: string): Place | undefined {
  return PLACES.find(({ path }) => (path === '/' ? location === '/' : location.startsWith(path)))
}
