/** Buttons that export the results into files, for an instructor or a table, and print them. */
import { Download, Printer } from 'lucide-react'
import { useEffect } from 'react'
import { useClient } from '../../api'
import { Button, saveBlob } from '../../components'
import './export-buttons.css'

interface Props {
  readonly run: (work: () => Promise<unknown>) => void
}

export function ExportButtons({ run }: Props) {
  const api = useClient()
  usePaperTheme()
  const save = (format: 'csv' | 'json') =>
    run(async () => {
      const { name, text } = await api.call('progress.export', { format })
      saveBlob(new Blob([text], { type: format === 'csv' ? 'text/csv' : 'application/json' }), name)
    })
  return (
    <fieldset className="export-buttons">
      <legend className="visually-hidden">Export</legend>
      <Button small weight="quiet" icon={<Download aria-hidden="true" />} onPress={() => save('csv')}>
        CSV
      </Button>
      <Button small weight="quiet" icon={<Download aria-hidden="true" />} onPress={() => save('json')}>
        JSON
      </Button>
      <Button small weight="quiet" icon={<Printer aria-hidden="true" />} onPress={() => window.print()}>
        Print
      </Button>
    </fieldset>
  )
}

/** Prints in the light theme, whatever the theme of the screen is. */
function usePaperTheme(): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    let before = dataset.theme
    const toPaper = () => {
      before = dataset.theme
      dataset.theme = 'light'
    }
    const toScreen = () => {
      dataset.theme = before
    }
    window.addEventListener('beforeprint', toPaper)
    window.addEventListener('afterprint', toScreen)
    return () => {
      window.removeEventListener('beforeprint', toPaper)
      window.removeEventListener('afterprint', toScreen)
    }
  }, [])
}
