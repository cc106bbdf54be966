/** The filter of the catalogue. It is there again when one comes back from a lab. */
import { useState } from 'react'
import { type PageClient, useClient } from '../../api'
import { type Filter, NO_FILTER } from './filter'

/** It lives as long as the line to the host: a reload shows all labs again. */
const kept = new WeakMap<PageClient, Filter>()

export function useKeptFilter(): readonly [Filter, (filter: Filter) => void] {
  const api = useClient()
  const [filter, setFilter] = useState(kept.get(api) ?? NO_FILTER)
  const change = (next: Filter) => {
    kept.set(api, next)
    setFilter(next)
  }
  return [filter, change]
}
