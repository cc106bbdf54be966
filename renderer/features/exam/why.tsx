/** The reason for an option, a part or a mistake of an item that is over. */
import { Markdown } from '../../components'

export function Why({ text }: { readonly text: string | null }) {
  if (!text) return null
  return (
    <div className="revealed-why">
      <Markdown plain text={text} />
    </div>
  )
}
