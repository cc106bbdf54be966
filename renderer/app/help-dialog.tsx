/** A list of all keys. */
import { Dialog } from '../components'

type Keys = readonly (readonly [keys: readonly string[], what: string])[]

const LABS: Keys = [
  [['/'], 'search the labs'],
  [['F6'], 'next pane: instructions, editor, terminal'],
  [['Shift', 'F6'], 'pane before'],
  [['Ctrl', 'Enter'], 'next step, when every check is green'],
  [['Ctrl', 'S'], 'save the file in the editor'],
  [['Ctrl', 'Shift', 'F'], 'search the terminal'],
  [['Ctrl', 'Shift', 'C'], 'copy from the terminal'],
  [['Ctrl', 'Shift', 'V'], 'paste into the terminal'],
]

const EXAMS: Keys = [
  [['1 – 9'], 'choose an option, or take it back'],
  [['Y'], 'yes, this option is right'],
  [['N'], 'no, it is not; in other items: next item'],
  [['P'], 'item before'],
  [['F'], 'flag the item, or take the flag away'],
  [['Enter'], 'check the answer, then next item (practice)'],
  [['I'], 'show or hide the list of items'],
  [['R'], 'review before the end'],
  [['T'], 'show or hide the time left'],
]

export function HelpDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose}>
      <KeyTable title="Everywhere" keys={[[['?'], 'this help']]} />
      <KeyTable title="Exams and practice" keys={EXAMS} />
      <KeyTable title="Labs" keys={LABS} />
    </Dialog>
  )
}

function KeyTable({ title, keys: rows }: { readonly title: string; readonly keys: Keys }) {
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
