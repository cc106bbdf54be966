/** The token of the web host. It is taken from the address once, and kept for reloads of this tab. */

const KEY = 'capstan-token'

export interface TokenPlaces {
  readonly location: Pick<Location, 'href'>
  readonly history: Pick<History, 'replaceState'>
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
}

/** Takes the token out of the address bar, so that nobody copies it together with a link. */
export function takeToken({ location, history, storage }: TokenPlaces): string {
  const url = new URL(location.href)
  const token = url.searchParams.get('token')
  if (!token) return storage.getItem(KEY) ?? ''
  storage.setItem(KEY, token)
  url.searchParams.delete('token')
  history.replaceState(null, '', url.href)
  return token
}
