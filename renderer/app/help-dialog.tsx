/** All keys, in one place. */
import { Dialog } from '../components/dialog'

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['?'], 'this help'],
  [['/'], 'search the labs'],
  [['F6'], 'next pane: instructions, editor, terminal'],
  [['Shift', 'F6'], 'pane before'],
  [['Ctrl', 'Enter'], 'next step, when every check is green'],
  [['Ctrl', 'S'], 'save the file in the editor'],
  [['Ctrl', 'Shift', 'F'], 'search the terminal'],
  [['Ctrl', 'Shift', 'C'], 'copy from the terminal'],
  [['Ctrl', 'Shift', 'V'], 'paste into the terminal'],
]

export function HelpDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose}>
      <table className="help-table">
        <tbody>
          {KEYS.map(([keys, what]) => (
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
    </Dialog>
  )
}
