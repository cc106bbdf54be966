/** Lets the texts of a question show their pictures, as far as this person has been shown them. */
import { type ReactNode, useCallback } from 'react'
import type { z } from 'zod'
import type { Contract } from '../../main/api'
import { useClient } from '../api'
import { PicturesContext, pictureUrl } from '../components'

type Of = z.input<Contract['calls']['picture.get']['in']>['of']

interface Props {
  /** An item of an attempt, or one whose key was shown. */
  readonly of: Of
  readonly children: ReactNode
}

export function PicturesOf({ of, children }: Props) {
  const api = useClient()
  const key = JSON.stringify(of)
  const load = useCallback(
    async (path: string) => pictureUrl(await api.call('picture.get', { of: JSON.parse(key), path })),
    [api, key],
  )
  return <PicturesContext.Provider value={load}>{children}</PicturesContext.Provider>
}
