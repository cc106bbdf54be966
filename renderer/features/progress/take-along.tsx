/** Buttons that export the progress into files, and print it. */
import { Download, Printer } from 'lucide-react'
import { useEffect } from 'react'
import { useClient } from '../../api'
import { Button } from '../../components'
import './take-along.css'

interface Props {
  readonly run: (work: () => Promise<unknown>) => void
}

export function TakeAlong({ run }: Props) {
  const api = useClient()
  usePaperTheme()
  const save = (format: 'csv' | 'json') =>
    run(async () => {
      const { name, text } = await api.call('progress.export', { format })
      download(name, new Blob([text], { type: format === 'csv' ? 'text/csv' : 'application/json' }))
    })
  return (
    <fieldset className="take-along">
      <legend className="visually-hidden">Take along</legend>
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

function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
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
