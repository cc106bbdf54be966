/** The keys of the page that is open, and those of the other pages on demand. */
import { useLocation } from 'wouter'
import { useStream } from '../api'
import { Button, Dialog } from '../components'
import { TakeTour, tourLab } from '../path'
import { type KeyGroup, keysOn } from './keys'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function HelpDialog({ isOpen, onClose }: Props) {
  const [location] = useLocation()
  const { here, elsewhere } = keysOn(location)
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose}>
      {here.map((group) => (
        <KeyTable key={group.title} group={group} />
      ))}
      <details className="help-elsewhere">
        <summary>Keys of other pages</summary>
        {elsewhere.map((group) => (
          <KeyTable key={group.title} group={group} />
        ))}
      </details>
      <div className="dialog-actions">
        {!EXAMS.test(location) && <TourOffer address={location} onBegun={onClose} />}
        <Button onPress={onClose}>Close</Button>
      </div>
    </Dialog>
  )
}

/** On these pages an exam may run, and a lab is no help. */
const EXAMS = /^\/(exam|hands-on)\//

function TourOffer({ address, onBegun }: { readonly address: string; readonly onBegun: () => void }) {
  const { value: labs } = useStream('lab.watch', {})
  const lab = tourLab(labs ?? [], address)
  return lab && <TakeTour lab={lab} onBegun={onBegun} />
}

function KeyTable({ group: { title, keys: rows } }: { readonly group: KeyGroup }) {
  return (
    <section className="help-section">
      <h3>{title}</h3>
      <table className="help-table">
        <tbody>
          {rows.map(([keys, what]) => (
            <tr key={what}>
              <td>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 && ' + '}
                    <kbd>{key}</kbd>
                  </span>
                ))}
              </td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
