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
              <td>{MEANINGS[name]}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">time limits</th>
            <td>
              {timeLimits.factor}×, {FACTOR_SOURCES[timeLimits.source]}
            </td>
            <td>How far waits are stretched before something counts as failed.</td>
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

/** What each capability is good for. A capability without an entry stands alone. */
const MEANINGS: Readonly<Record<string, string>> = {
  ipvs: 'Virtual addresses of services and the routing mesh.',
  vxlan: 'Overlay networks between nodes.',
  esp: 'Encrypted overlay networks.',
  macvlan: 'Containers with an address of the outer network and a MAC address of their own.',
  ipvlan: 'Containers with an address of the outer network and the MAC address of the host.',
  nf_tables: 'The firewall of current Linux. Without it, nodes use the older iptables.',
  nfs: 'Volumes on an NFS server.',
  userns: 'Root in a node has no rights on this computer.',
  cgroup: 'Version of the control groups, which limit memory, processes and processor time.',
  memory: 'Memory of the engine. An idle node takes about 40 MiB.',
  cores: 'Processors that the nodes share.',
  kernel: 'The version of Linux under the engine.',
  storage: 'The storage driver, which keeps the layers of images.',
  keys: 'Keys of the kernel. A node holds two, a container one.',
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
