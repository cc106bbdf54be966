/** The choice of nodes for a new playground: presets, own numbers, the swarm, the engine. */
import type { PlaygroundChoice, PlaygroundOptions } from '../../../main/api'
import { NumberField } from '../../components'
import { NodesPicture } from './nodes-picture'
import './choice-form.css'

interface Preset {
  readonly managers: number
  readonly workers: number
  readonly title: string
}

const PRESETS: readonly Preset[] = [
  { managers: 1, workers: 0, title: 'One node' },
  { managers: 1, workers: 1, title: 'A manager and a worker' },
  { managers: 3, workers: 2, title: '3 managers and 2 workers' },
  { managers: 5, workers: 0, title: '5 managers' },
]
const MOST_OF_A_KIND = 10
const LONGEST_NAME = 60

interface Props {
  readonly options: PlaygroundOptions
  readonly value: PlaygroundChoice
  readonly onChange: (value: PlaygroundChoice) => void
}

export function ChoiceForm({ options, value, onChange }: Props) {
  const change = (part: Partial<PlaygroundChoice>) => onChange({ ...value, ...part })
  return (
    <div className="playground-form">
      <Presets options={options} value={value} onChoose={change} />
      <div className="playground-fields">
        <Count label="Managers" value={value.managers} onChange={(managers) => change({ managers })} />
        <Count label="Workers" value={value.workers} onChange={(workers) => change({ workers })} />
        <EngineField options={options} value={value.engine} onChange={(engine) => change({ engine })} />
        <label className="playground-field">
          <span>Name</span>
          <input
            className="control"
            maxLength={LONGEST_NAME}
            value={value.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </label>
      </div>
      <label className="playground-check">
        <input
          type="checkbox"
          checked={value.swarm}
          onChange={({ target }) => change({ swarm: target.checked })}
        />
        <span>Form the swarm</span>
      </label>
    </div>
  )
}

interface PresetsProps {
  readonly options: PlaygroundOptions
  readonly value: PlaygroundChoice
  readonly onChoose: (counts: Omit<Preset, 'title'>) => void
}

function Presets({ options, value, onChoose }: PresetsProps) {
  return (
    <fieldset className="playground-presets">
      <legend>Nodes</legend>
      {PRESETS.map(({ title, ...counts }) => {
        const fits = counts.managers + counts.workers <= options.nodes && counts.managers <= options.managers
        const isChosen = counts.managers === value.managers && counts.workers === value.workers
        return (
          <button
            key={title}
            type="button"
            className="playground-preset"
            aria-pressed={isChosen}
            disabled={!fits}
            onClick={() => onChoose(counts)}
          >
            <NodesPicture {...counts} />
            <span>{title}</span>
            {!fits && <small>No room for it now</small>}
          </button>
        )
      })}
    </fieldset>
  )
}

interface CountProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}

function Count({ label, value, onChange }: CountProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field inside is an input
    <label className="playground-field">
      <span>{label}</span>
      <NumberField value={value} min={0} max={MOST_OF_A_KIND} onChange={onChange} />
    </label>
  )
}

interface EngineProps {
  readonly options: PlaygroundOptions
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

function EngineField({ options: { engines, usualEngine }, value, onChange }: EngineProps) {
  // A link may name a version that only a registry has.
  const all = value !== null && !engines.includes(value) ? [...engines, value] : engines
  return (
    <label className="playground-field">
      <span>Docker version</span>
      <select
        className="control"
        value={value ?? usualEngine}
        onChange={({ target }) => onChange(target.value === usualEngine ? null : target.value)}
      >
        {all.map((version) => (
          <option key={version} value={version}>
            {version === usualEngine ? `${version} (usual)` : version}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Why a choice cannot be started; null when it can. The host decides in the end. */
export function whyNot(
  { managers, workers, swarm, name }: PlaygroundChoice,
  options: PlaygroundOptions,
): string | null {
  if (managers + workers === 0) return 'A playground needs a node.'
  if (swarm && managers === 0) return 'A swarm needs a manager.'
  if (managers + workers > options.nodes) return `${managers + workers} nodes do not fit. ${options.reason}`
  if (managers > options.managers) return `A playground has up to ${options.managers} managers.`
  return name.trim() === '' ? 'Give it a name.' : null
}
