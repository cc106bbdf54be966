/** A picture in a text. It comes from the host, and never from an address that the text names. */
import { ImageOff } from 'lucide-react'
import { createContext, useContext, useEffect, useState } from 'react'
import './picture.css'

/** Gives the picture at a path as an address that holds its data. */
export type LoadPicture = (path: string) => Promise<string>

/** Null where texts have no pictures. */
export const PicturesContext = createContext<LoadPicture | null>(null)

/** The address of a picture that holds its data, so that nothing else is asked for it. */
export function pictureUrl({ type, data }: { readonly type: string; readonly data: string }): string {
  return `data:${type};base64,${data}`
}

interface Props {
  readonly src: string
  readonly alt: string
}

/** Where the picture cannot be shown, its words are. */
export function Picture({ src, alt }: Props) {
  const load = useContext(PicturesContext)
  const [url, setUrl] = useState<string | null>(null)
  const [isMissing, setIsMissing] = useState(false)
  useEffect(() => {
    let isWanted = true
    setUrl(null)
    setIsMissing(load === null)
    load?.(src).then(
      (found) => isWanted && setUrl(found),
      () => isWanted && setIsMissing(true),
    )
    return () => {
      isWanted = false
    }
  }, [load, src])
  if (isMissing) return <MissingPicture alt={alt} />
  if (url === null) return <span className="picture-missing">{alt}</span>
  return <img className="picture" src={url} alt={alt} onError={() => setIsMissing(true)} />
}

function MissingPicture({ alt }: Pick<Props, 'alt'>) {
  return (
    <span className="picture-missing">
      <ImageOff aria-hidden="true" /> <span className="visually-hidden">A picture that is not shown: </span>
      {alt || 'A picture without words cannot be shown.'}
    </span>
  )
}
