import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { resourcesFolder } from '../../../engine/resources'
import { removeTopology, type Shape, Topology } from '../../../engine/topology'
import { parseSheets } from '../../../exam'
import { readPathTexts } from '../../../main/services'
import { openEngine, type ReadyEngine } from '../engine-fixture'
import { run } from './in-node'
import { flawsOf, type SheetCommand } from './sheet-commands'
import { untilRunning } from './swarm-fixture'

/** What the commands of the sheets name, on one node: it is manager1 and manager2. */
const WORLD = `
cd /root
printf 'fail\\nsilent\\nshow-error\\n' > .curlrc
useradd ann
docker swarm init --autolock --advertise-addr eth0
docker network create apps
docker volume create data
docker tag nginx site:1
docker run -d --name web --network apps -P --health-cmd true --log-opt max-size=1m nginx
docker run -d --name db --network apps nginx
docker run -d --name proxy -p 80:80 nginx
docker run -d --name registry -p 5000:5000 -e REGISTRY_STORAGE_DELETE_ENABLED=true registry:2
printf secret | docker secret create db-password -
printf '%s\\n' 'services: { web: { image: nginx, deploy: { endpoint_mode: dnsrr } } }' > compose.yaml
docker stack deploy --detach=true -c compose.yaml shop
for name in api web; do docker service create --detach --name $name --endpoint-mode dnsrr nginx; done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=host -days 2 -keyout key.pem -out ca.crt
cp ca.crt server.crt && cp ca.crt server-cert.pem
until curl http://localhost:5000/v2/; do sleep 0.2; done 2> /dev/null
docker tag nginx localhost:5000/site:1 && docker push -q localhost:5000/site:1
`
const SHAPE: Shape = {
  nodes: [{ name: 'manager2', swarm: 'none', networks: ['lab'] }],
  networks: [{ name: 'lab', internal: false }],
}
const OPTIONS = { signal: new AbortController().signal, onActivity: () => undefined }
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const DIGEST = `curl -I -H 'Accept: ${MANIFEST}' http://localhost:5000/v2/site/manifests/1 |
  tr -d '\\r' | sed -n 's/^docker-content-digest: sha256://Ip'`

const { sheets: texts } = await readPathTexts(resourcesFolder())

describe('a cheat sheet', () => {
  let ready: ReadyEngine
  let topology: Topology
  let node: LabNode
  let blanks: Record<string, string>

  beforeAll(async () => {
    ready = await openEngine()
    // Unlike a node alone, a topology has the mirror, from which the registry is pulled.
    topology = await Topology.build({ ...ready, owner: 'test-sheets' }, SHAPE, OPTIONS)
    node = topology.node('manager2')
    await run(node, `echo "$(hostname -i) manager1" >> /etc/hosts\n${WORLD}`, 120_000)
    await untilRunning(node, 'web', 1)
    blanks = {
      container: 'web',
      digest: await run(node, DIGEST),
      pid: await run(node, `docker inspect -f '{{.State.Pid}}' web`),
      task: await run(node, 'docker service ps -q web'),
      token: await run(node, 'docker swarm join-token -q worker'),
    }
  })

  afterAll(async () => {
    if (topology) await removeTopology(ready.engine, topology.id)
    await ready?.[Symbol.asyncDispose]()
  })

  test.each(texts)('$file says of each command what the engine says', { timeout: 300_000 }, async (text) => {
    const flaws: string[] = []
    for (const { commands } of parseSheets(text).sheets)
      for (const command of commands.filter(({ unproven }) => unproven === null))
        flaws.push(...(await flawsOf(node, command, blanks)))
    expect(flaws).toEqual([])
  })

  test.each<[string, string, string?]>([
    ['docker service restart web', 'there is no such command'],
    ['docker service create --replica 3 nginx', 'unknown flag: --replica'],
    ['docker service create --mount type=volume,from=data nginx', "unexpected key 'from'"],
    ['docker node ls --filter role=leader', 'docker node ls --filter role=leader'],
    [`docker inspect --format '{{.State.Exit}}' web`, 'State.Exit'],
    ['docker ps', 'unknown flag: --everything', '`--everything` lists all'],
    [
      'dockerd --dns 10.0.0.53',
      'daemon.json has no key "nameserver"',
      'in `daemon.json` the key is `nameserver`',
    ],
    ['curl http://localhost:5000/v2/other/tags/list', '404'],
  ])('that says "%s" is wrong', async (command, flaw, does = 'lists') => {
    const wrong: SheetCommand = { command, does, unproven: null }
    expect((await flawsOf(node, wrong)).join('\n')).toContain(flaw)
  })
})
