/** Says what the engine can do, and what is wrong with it. */
import { useEffect, useState } from 'react'
import type { DoctorReport } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { InlineCode, ProblemPanel, TriedList } from '../../components'
import { Section } from './field'

export function Doctor() {
  const api = useClient()
  const [report, setReport] = useState<DoctorReport | null>(null)
  const { problem, run } = useAction()
  useEffect(() => run(async () => setReport(await api.call('app.doctor', {}))), [api, run])
  return (
    <Section title="What the engine can do">
      {problem && <ProblemPanel problem={problem} />}
      {report && <Report report={report} />}
    </Section>
  )
}

function Report({
  report: { engine, capabilities, problems, timeLimits, tried },
}: {
  readonly report: DoctorReport
}) {
  return (
    <>
      {engine && (
        <p>
          Docker Engine {engine.version} at <code>{engine.endpoint}</code>
          {engine.context && `, by the Docker context ${engine.context}`}
        </p>
      )}
      <table className="settings-capabilities">
        <tbody>
          {Object.entries(capabilities).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-value={String(value)}>{inWords(name, value)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">time limits</th>
            <td>
              {timeLimits.factor}×, {FACTOR_SOURCES[timeLimits.source]}
            </td>
          </tr>
        </tbody>
      </table>
      {!engine && <TriedList tried={tried} />}
      {problems.map(({ message, help }) => (
        <p key={message} className="settings-problem">
          <strong>{message}</strong> {help && <InlineCode text={help} />}
        </p>
      ))}
    </>
  )
}

const FACTOR_SOURCES: Readonly<Record<DoctorReport['timeLimits']['source'], string>> = {
  environment: 'as CAPSTAN_TIME_FACTOR says',
  settings: 'as the settings say',
  measured: 'as measured on this engine',
  default: 'not measured yet',
}

function inWords(name: string, value: boolean | number | string): string {
  if (value === true) return 'yes'
  if (value === false) return 'no'
  return name === 'memory' ? `${value} MiB` : String(value)
}
