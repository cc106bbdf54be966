/** The exhibits of an item: files and output as text, machines as a drawing. */
import { Box, Cpu, Crown, Database, Laptop, type LucideIcon, Network, Server } from 'lucide-react'
import type { ExhibitView } from '../../main/api'
import { type CodeExhibit, type CodeLine, codeLines } from './code-parts'
import { LABEL_AT, LABEL_END, layout, type Topology, topologyWords } from './topology-layout'
import './exhibits.css'

export function Exhibits({ exhibits }: { readonly exhibits: readonly ExhibitView[] }) {
  const numbered = exhibits.map((exhibit, index) => ({ exhibit, index }))
  return numbered.map(({ exhibit, index }) => (
    <figure key={index} className="exhibit">
      <figcaption>{exhibit.title ?? TITLES[exhibit.kind]}</figcaption>
      {exhibit.kind === 'topology' ? <Drawing topology={exhibit} /> : <Code exhibit={exhibit} />}
    </figure>
  ))
}

const TITLES: Readonly<Record<ExhibitView['kind'], string>> = {
  dockerfile: 'Dockerfile',
  compose: 'Compose file',
  output: 'Output',
  file: 'File',
  topology: 'Machines',
}

function Code({ exhibit }: { readonly exhibit: CodeExhibit }) {
  const lines = codeLines({ ...exhibit, text: exhibit.text.replace(/\n$/, '') })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables are scrolled by keyboard
    <pre tabIndex={0}>
      <code>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text never move
          <Line key={index} line={line} />
        ))}
      </code>
    </pre>
  )
}

function Line({ line: { parts, isRow } }: { readonly line: CodeLine }) {
  return (
    <span className="exhibit-line" data-row={isRow}>
      {parts.map(({ text, tone }, index) =>
        tone ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never move
          <span key={index} data-tone={tone}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </span>
  )
}

const ICONS: Readonly<Record<string, LucideIcon>> = {
  host: Server,
  manager: Crown,
  worker: Cpu,
  container: Box,
  network: Network,
  registry: Database,
  client: Laptop,
}

function Drawing({ topology }: { readonly topology: Topology }) {
  const { width, height, box, nodes } = layout(topology)
  const places = new Map(nodes.map((placed) => [placed.node.id, placed]))
  return (
    <div className="topology">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        style={{ width: `calc(${width}px * var(--text-scale))` }}
        role="img"
        aria-label={topologyWords(topology)}
      >
        {topology.links.map(({ from, to, label }) => {
          const [a, b] = [places.get(from), places.get(to)]
          if (!a || !b) return null
          return (
            <g key={`${from} ${to} ${label}`}>
              <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />
              {label && (
                <text className="topology-link" x={(a.x + b.x) / 2} y={(a.y + b.y) / 2 - 5}>
                  {label}
                </text>
              )}
            </g>
          )
        })}
        {nodes.map(({ node, x, y }) => {
          const Icon = ICONS[node.kind] ?? Server
          return (
            <g key={node.id} transform={`translate(${x - box.width / 2} ${y - box.height / 2})`}>
              <rect width={box.width} height={box.height} rx="7" data-kind={node.kind} />
              <Icon x="12" y="17" width="18" height="18" />
              <foreignObject
                x={LABEL_AT}
                y="2"
                width={box.width - LABEL_AT - LABEL_END}
                height={box.height - 4}
              >
                <div className="topology-label">
                  <span>{node.label ?? node.id}</span>
                  {node.label !== node.kind && <small>{node.kind}</small>}
                </div>
              </foreignObject>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
