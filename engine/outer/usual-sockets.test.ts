import { expect, test } from 'vitest'
import { usualSockets } from './usual-sockets'

const home = '/home/ada'
const AT_HOME = [
  '/home/ada/.docker/run/docker.sock',
  '/home/ada/.docker/desktop/docker.sock',
  '/home/ada/.orbstack/run/docker.sock',
  '/home/ada/.colima/default/docker.sock',
  '/home/ada/.colima/docker.sock',
  '/home/ada/.rd/docker.sock',
]

test('on Linux: that of the system, those of the user, and Podman last', () => {
  expect(usualSockets('linux', { home, env: {} })).toEqual([
    '/var/run/docker.sock',
    ...AT_HOME,
    '/run/podman/podman.sock',
  ])
  expect(usualSockets('linux', { home, env: { XDG_RUNTIME_DIR: '/run/user/7' } })).toEqual([
    '/var/run/docker.sock',
    '/run/user/7/docker.sock',
    ...AT_HOME,
    '/run/user/7/podman/podman.sock',
    '/run/podman/podman.sock',
  ])
})

test('on macOS: also the machines of Podman', () => {
  expect(usualSockets('darwin', { home, env: { TMPDIR: '/tmp/x' } })).toEqual([
    '/var/run/docker.sock',
    ...AT_HOME,
    '/tmp/x/podman/podman-machine-default-api.sock',
    '/home/ada/.local/share/containers/podman/machine/podman.sock',
    '/home/ada/.local/share/containers/podman/machine/qemu/podman.sock',
  ])
})

test('on Windows: pipes', () => {
  expect(usualSockets('win32', { home, env: { XDG_RUNTIME_DIR: '/x' } })).toEqual([
    '//./pipe/docker_engine',
    '//./pipe/dockerDesktopLinuxEngine',
    '//./pipe/podman-machine-default',
  ])
})
