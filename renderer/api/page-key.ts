/**
 * The key that the web host gives a page for its token. It is taken from the address once, and kept for reloads, new
 * tabs and bookmarks. It opens nothing without the cookie that came with it.
 */

const NAME = 'capstan-key'

export interface KeyPlaces {
  readonly location: Pick<Location, 'href'>
  readonly history: Pick<History, 'replaceState'>
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
}

/** Takes the key out of the address bar, so that nobody copies it together with a link. */
export function takePageKey({ location, history, storage }: KeyPlaces): string {
  const url = new URL(location.href)
  const key = url.searchParams.get('key')
  if (!key) return storage.getItem(NAME) ?? ''
  storage.setItem(NAME, key)
  url.searchParams.delete('key')
  history.replaceState(null, '', url.href)
  return key
}
