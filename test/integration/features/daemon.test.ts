import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { HandEngine } from './hand-engine'
import { refused, run, until } from './in-node'

/** A container that ends at once when its engine stops. `sleep` as process 1 ignores every other signal. */
const QUICK = '--stop-signal KILL busybox sleep 600'

const PLUGIN = fileURLToPath(new URL('./roles.py', import.meta.url))
const TLS = [
  '--host tcp://0.0.0.0:2376 --tlsverify --tlscacert /certs/ca.pem',
  '--tlscert /certs/server/cert.pem --tlskey /certs/server/key.pem',
].join(' ')

/** Makes a CA, a certificate for the server and one for each client, in folders that DOCKER_CERT_PATH can name. */
const CERTIFICATES = `
mkdir /certs && cd /certs
new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
authority() { openssl req -x509 $new -days 2 -subj "/CN=$1" -keyout "$1-key.pem" -out "$1.pem"; }
sign() {
  mkdir -p "$2" && cp ca.pem "$2"
  openssl req $new -subj "/CN=$2" -keyout "$2/key.pem" -out "$2/csr.pem"
  openssl x509 -req -in "$2/csr.pem" -CA "$1.pem" -CAkey "$1-key.pem" -CAcreateserial -days 2 \\
    -extfile <(printf '%s\\n' "\${@:3}") -out "$2/cert.pem"
}
authority ca; authority other-ca
sign ca server extendedKeyUsage=serverAuth subjectAltName=DNS:server
for client in admin reader stranger; do sign ca $client extendedKeyUsage=clientAuth; done
sign other-ca forged extendedKeyUsage=clientAuth
mkdir nobody && cp ca.pem nobody
`

/** Runs the text as a client with this certificate, over TCP. */
const as = (client: string, text: string) =>
  `export DOCKER_HOST=tcp://server:2376 DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=/certs/${client}\n${text}`

const bench = sharedBench()

describe('the daemon', () => {
  let node: LabNode
  let engine: HandEngine

  const configure = async (settings: object) =>
    await node.writeFile(`${engine.folder}/daemon.json`, JSON.stringify(settings))
  const start = async () => await engine.start(`--config-file ${engine.folder}/daemon.json`)

  beforeAll(async () => {
    node = await bench().node('node1')
    engine = await HandEngine.in(node, 'hand')
    await configure({ labels: ['stage=one'] })
    await start()
    await engine.load('busybox')
  })

  test('reads labels, debug and live-restore of daemon.json again on SIGHUP, and the log driver on a restart', async () => {
    const info = async () =>
      await engine.run(`docker info -f '{{.Labels}} {{.Debug}} {{.LiveRestoreEnabled}} {{.LoggingDriver}}'`)
    expect(await info()).toBe('[stage=one] false false json-file')

    const logging = { 'log-driver': 'local', 'log-opts': { 'max-size': '1m' } }
    await configure({ labels: ['stage=two'], debug: true, 'live-restore': true, ...logging })
    await engine.reload()
    await expect.poll(info, { timeout: 10_000 }).toBe('[stage=two] true true json-file')

    await engine.stop()
    await start()
    expect(await info()).toBe('[stage=two] true true local')
    const created = `docker inspect -f '{{json .HostConfig.LogConfig}}' $(docker create busybox)`
    expect(JSON.parse(await engine.run(created))).toEqual({ Type: 'local', Config: { 'max-size': '1m' } })
  })

  // `dockerd --validate` came with 23.0. In 20.10 a start is the only test of a configuration file.
  test.each([
    ['is not JSON', '{"debug": true,}', "invalid character '}' looking for beginning of object key string"],
    [
      'has an unknown key',
      '{"lables": ["a=b"]}',
      "the following directives don't match any configuration option: lables",
    ],
    [
      'repeats a flag',
      '{"debug": false}',
      'specified both as a flag and in the configuration file: debug: (from flag: true, from file: false)',
    ],
  ])('does not start when daemon.json %s, and says so', async (_, text, reason) => {
    await node.writeFile('/root/bad.json', text)
    const said = await refused(node, 'dockerd --debug --config-file /root/bad.json --data-root /root/bad')
    expect(said).toContain('unable to configure the Docker daemon with file /root/bad.json')
    expect(said).toContain(reason)
  })

  test('with live-restore leaves containers running while it is down, and takes them up again', async () => {
    await configure({ 'live-restore': true })
    await engine.stop()
    await start()
    const pid = await engine.run(
      `docker run -d --name kept ${QUICK} > /dev/null; docker inspect -f {{.State.Pid}} kept`,
    )
    const sleeping = async () => await run(node, `tr '\\0' ' ' < /proc/${pid}/cmdline`)

    await engine.stop()
    expect(await sleeping()).toBe('sleep 600')
    expect(await engine.refused('docker ps')).toContain('Cannot connect to the Docker daemon')

    await start()
    expect(await engine.run(`docker ps --format '{{.Names}}'`)).toBe('kept')
    const state = `docker inspect -f '{{.State.Pid}} {{.State.Running}} {{.RestartCount}}' kept`
    expect(await engine.run(state)).toBe(`${pid} true 0`)
    expect(await engine.run('docker exec kept echo inside')).toBe('inside')

    await engine.run('docker stop kept')
    expect(await engine.run(`docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' kept`)).toBe(
      'exited 137',
    )
    await until(node, `[ ! -e /proc/${pid} ]`)
  })

  test('without live-restore brings back what its restart policy says, and nothing else', async () => {
    await engine.run('docker ps -aq | xargs -r docker rm -f')
    await configure({ 'live-restore': false })
    await engine.stop()
    await start()
    await engine.run(
      `docker run -d --name always --restart always ${QUICK}
       docker run -d --name always-by-hand --restart always ${QUICK}
       docker run -d --name unless --restart unless-stopped ${QUICK}
       docker run -d --name unless-by-hand --restart unless-stopped ${QUICK}
       docker run -d --name never --restart no ${QUICK}
       docker stop always-by-hand unless-by-hand`,
    )
    await engine.stop()
    // The engine answers only after it has restarted the containers, so one look is enough.
    await start()
    const states = await engine.run(`docker ps -a --format '{{.Names}} {{.State}}' | sort`)
    expect(states.split('\n')).toEqual([
      'always running',
      'always-by-hand running',
      'never exited',
      'unless running',
      'unless-by-hand exited',
    ])
  })

  test('restarts a failing container as often as on-failure:N says', async () => {
    await engine.run(`docker run -d --name fails --restart on-failure:2 busybox sh -c 'echo try; exit 5'`)
    await engine.until(`[ "$(docker inspect -f {{.State.Status}} fails)" = exited ]`)
    const state = `docker inspect -f '{{.RestartCount}} {{.State.ExitCode}}' fails; docker logs fails`
    expect(await engine.run(state)).toBe('2 5\ntry\ntry\ntry')

    await engine.run(`docker run -d --name succeeds --restart on-failure:2 busybox true`)
    await engine.until(`[ "$(docker inspect -f {{.State.Status}} succeeds)" = exited ]`)
    expect(await engine.run(`docker inspect -f '{{.RestartCount}}' succeeds`)).toBe('0')
  })
})

describe('access to the daemon over TCP', () => {
  let node: LabNode
  let engine: HandEngine

  beforeAll(async () => {
    node = await bench().node('server')
    await run(node, CERTIFICATES)
    engine = await HandEngine.in(node, 'hand')
    await engine.start(TLS)
    await engine.load('busybox')
  })

  test('is given to a client certificate of the right CA', async () => {
    const { stdout } = await node.script(as('admin', 'docker run --rm busybox echo from a container'))
    expect(stdout).toBe('from a container\n')
  })

  test('is refused without a certificate, with one of another CA, and without TLS', async () => {
    expect(await refused(node, as('nobody', 'docker ps'))).toContain('tls: certificate required')
    expect(await refused(node, as('forged', 'docker ps'))).toMatch(
      /tls: (bad certificate|unknown certificate|certificate required)/,
    )
    const plain = await refused(node, 'docker --host tcp://server:2376 ps')
    expect(plain).toContain('Client sent an HTTP request to an HTTPS server')
  })

  test('is not used by a client that does not trust the server', async () => {
    await run(node, 'cp -r /certs/admin /certs/wary; cp /certs/other-ca.pem /certs/wary/ca.pem')
    expect(await refused(node, as('wary', 'docker ps'))).toContain('certificate signed by unknown authority')
  })

  test('is judged by an authorization plugin: a reader may look but not change, a stranger nothing', async () => {
    await node.copyIn(PLUGIN, '/plugin/roles.py')
    await run(
      node,
      `docker run -d --name plugin -v /plugin:/plugin:ro -v /run/docker/plugins:/sockets \\
         python:3-slim python /plugin/roles.py /sockets/roles.sock`,
    )
    await until(node, '[ -S /run/docker/plugins/roles.sock ]')
    await engine.stop()
    await engine.start(`${TLS} --authorization-plugin roles`)

    const create = 'docker create --name made busybox'
    const list = `docker ps -a --format '{{.Names}}'`
    const denied = 'authorization denied by plugin roles:'
    expect(await refused(node, as('reader', create))).toContain(`${denied} reader may not POST`)
    expect(await run(node, as('reader', list))).toBe('')
    expect(await run(node, as('admin', create))).toMatch(/^[0-9a-f]{64}$/)
    expect(await run(node, as('reader', list))).toBe('made')
    expect(await refused(node, as('reader', 'docker rm made'))).toContain(`${denied} reader may not DELETE`)
    expect(await refused(node, as('stranger', 'docker ps'))).toContain(`${denied} stranger may not GET`)
    expect(await run(node, as('admin', 'docker rm made'))).toBe('made')
  })
})
