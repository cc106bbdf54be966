/** Says what the engine can do, and what is wrong with it. */
import { useEffect, useState } from 'react'
import type { DoctorReport } from '../../../main/api'
import { useAction, useClient } from '../../api'
import { InlineCode, ProblemPanel } from '../../components'
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

function Report({ report: { engine, capabilities, problems } }: { readonly report: DoctorReport }) {
  return (
    <>
      {engine && (
        <p>
          Docker Engine {engine.version} at <code>{engine.endpoint}</code>
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
        </tbody>
      </table>
      {problems.map(({ message, help }) => (
        <p key={message} className="settings-problem">
          <strong>{message}</strong> {help && <InlineCode text={help} />}
        </p>
      ))}
    </>
  )
}

function inWords(name: string, value: boolean | number | string): string {
  if (value === true) return 'yes'
  if (value === false) return 'no'
  return name === 'memory' ? `${value} MiB` : String(value)
}
