/** A chart that can be read as a table instead. Paper has both. */
import { ChartNoAxesColumn, Table2 } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '../../components'
import './figure.css'

interface Props {
  readonly title: string
  readonly lead: string
  readonly chart: ReactNode
  readonly table: ReactNode
}

export function Figure({ title, lead, chart, table }: Props) {
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <section className="progress-section" aria-labelledby={id}>
      <div className="progress-section-head">
        <div>
          <h2 id={id}>{title}</h2>
          <p className="progress-soft">{lead}</p>
        </div>
        <Button
          small
          weight="quiet"
          aria-label={asTable ? `Show as a chart: ${title}` : `Show as a table: ${title}`}
          icon={asTable ? <ChartNoAxesColumn aria-hidden="true" /> : <Table2 aria-hidden="true" />}
          onPress={() => setAsTable(!asTable)}
        >
          {asTable ? 'Chart' : 'Table'}
        </Button>
      </div>
      <div className="figure-chart" data-shown={!asTable}>
        {chart}
      </div>
      <div className="figure-table" data-shown={asTable}>
        {table}
      </div>
    </section>
  )
}
