import { expect, test } from 'vitest'
import { DockerClient } from '../docker'
import { containerSpec } from './create'

const docker = DockerClient.to({ kind: 'socket', path: '/nowhere' })

function spec(template: string | null) {
  return containerSpec({
    engine: { docker },
    images: { node: 'node:1', template },
    networks: [{ network: 'net' }],
    name: 'web',
    topologyId: 't1',
    owner: 'o1',
  })
}

test('a node gets what its engine needs and nothing of the host', () => {
  const { HostConfig } = spec(null)
  expect(HostConfig).not.toHaveProperty('Privileged')
  expect(HostConfig).not.toHaveProperty('Devices')
  expect(HostConfig).not.toHaveProperty('DeviceCgroupRules')
  expect(HostConfig).not.toHaveProperty('Binds')
  expect(HostConfig.CapDrop).toEqual(['ALL'])
  for (const dangerous of [
    'DAC_READ_SEARCH',
    'SYS_RESOURCE',
    'SYS_MODULE',
    'SYS_RAWIO',
    'SYS_TIME',
    'SYS_BOOT',
  ]) {
    expect(HostConfig.CapAdd).not.toContain(dangerous)
  }
  expect(HostConfig.PidsLimit).toBeGreaterThan(0)
})

test('a node is known by its name, and by what it belongs to', () => {
  const { Hostname, Labels, NetworkingConfig } = spec(null)
  expect(Hostname).toBe('web')
  expect(NetworkingConfig.EndpointsConfig.net?.Aliases).toEqual(['web'])
  expect(Labels).toEqual({
    'capstan.kind': 'node',
    'capstan.topology': 't1',
    'capstan.owner': 'o1',
    'capstan.process': String(process.pid),
    'capstan.name': 'web',
  })
})

test('the course images are mounted read-only, where there are any', () => {
  const { Env, HostConfig } = spec('images')
  expect(HostConfig.Mounts).toEqual([
    { Type: 'volume', Source: 'images', Target: '/images/template', ReadOnly: true },
  ])
  expect(Env).toEqual(['CAPSTAN_TEMPLATE=/images/template'])
  expect(spec(null)).toMatchObject({ Env: [], HostConfig: { Mounts: [] } })
})
