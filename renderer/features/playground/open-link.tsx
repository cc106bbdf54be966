/** A field for a link to a lab, a playground or an objective. The address of the host is of no use in a link. */
import { type FormEvent, useState } from 'react'
import { routeOfLink } from '../../../main/api'
import { Button } from '../../components'

export function OpenLink() {
  const [text, setText] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const open = (event: FormEvent) => {
    event.preventDefault()
    const route = routeOfLink(text)
    setIsWrong(route === null)
    // The router would move the query out of the part behind "#", where nobody but the page sees it.
    if (route !== null) window.location.hash = route
  }
  return (
    <form className="playground-card" aria-labelledby="playground-link" onSubmit={open}>
      <h2 id="playground-link">Open a link</h2>
      <p>
        Paste a link that somebody gave you, to a playground, a lab or an objective. You see what it asks for
        first.
      </p>
      <div className="playground-link">
        <input
          className="control"
          aria-label="Link"
          placeholder="capstan://playground?managers=3&workers=2"
          value={text}
          aria-invalid={isWrong || undefined}
          onChange={({ target }) => {
            setText(target.value)
            setIsWrong(false)
          }}
        />
        <Button type="submit" isDisabled={text.trim() === ''}>
          Open
        </Button>
      </div>
      {isWrong && <p role="alert">This is no link to a playground, a lab or an objective.</p>}
    </form>
  )
}
