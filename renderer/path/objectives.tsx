/** Objectives by their words. Their codes never stand alone. */
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { ObjectiveTitle } from '../../main/api'
import { type PageClient, useClient } from '../api'
import { InlineCode } from '../components'
import './objectives.css'

type Titles = ReadonlyMap<string, ObjectiveTitle>

const NONE: Titles = new Map()

/** All pages share one answer: the words do not change while the app runs. */
const asked = new WeakMap<PageClient, Promise<Titles>>()

function titlesFrom(api: PageClient): Promise<Titles> {
  const before = asked.get(api)
  if (before) return before
  const titles = api
    .call('objective.list', {})
    .then((list): Titles => new Map(list.map((one) => [one.id, one])))
  asked.set(api, titles)
  // Whoever needs them next asks again.
  titles.catch(() => asked.delete(api))
  return titles
}

/** The words of all objectives, by their ids. Empty until they have come. */
export function useObjectives(): Titles {
  const api = useClient()
  const [titles, setTitles] = useState(NONE)
  useEffect(() => {
    let isWanted = true
    titlesFrom(api).then(
      (value) => isWanted && setTitles(value),
      // The codes then stand without their words; the page says elsewhere that the line is lost.
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [api])
  return titles
}

/** An objective in words, with its code, as a link to its page. */
export function Objective({ id }: { readonly id: string }) {
  const title = useObjectives().get(id)?.title
  return (
    <Link href={`/objectives/${id}`} className="objective-link">
      {title && <InlineCode text={title} />} <code>{id}</code>
    </Link>
  )
}
