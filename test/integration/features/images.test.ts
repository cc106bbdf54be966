import { beforeAll, describe, expect, test } from 'vitest'
import type { LabNode } from '../../../engine/node'
import { sharedBench } from '../bench'
import { inspect, refused, run } from './in-node'

const DOCKERFILE = `FROM busybox AS made
ARG VERSION=none
RUN echo "version $VERSION" > /made

FROM busybox AS shown
COPY --from=made /made /made
CMD ["cat", "/made"]

FROM shown AS whole
COPY . /context
LABEL stage=whole
`

const bench = sharedBench()

describe('building images', () => {
  let node: LabNode

  beforeAll(async () => {
    node = await bench().node('node1')
    await node.writeFile('/app/Dockerfile', DOCKERFILE)
    await node.writeFile('/app/.dockerignore', '*.log\n!keep.log\nsecrets\n')
    await run(node, 'cd /app; mkdir secrets; touch main.txt a.log keep.log secrets/key')
  })

  describe.each([
    ['the classic builder', 'DOCKER_BUILDKIT=0'],
    ['BuildKit', 'DOCKER_BUILDKIT=1'],
  ])('%s', (_, environment) => {
    /** @returns the id of the image */
    async function build(flags: string): Promise<string> {
      return await run(node, `cd /app; ${environment} docker build --quiet ${flags} .`)
    }

    test('builds with the default of an argument, and with the one given', async () => {
      const usual = await build('')
      expect(await run(node, `docker run --rm ${usual}`)).toBe('version none')
      expect(await inspect(node, usual, '{{.Config.Labels.stage}}')).toBe('whole')
      expect(await run(node, `docker run --rm ${await build('--build-arg VERSION=7')}`)).toBe('version 7')
    })

    test('leaves out of the context what .dockerignore names', async () => {
      const { stdout } = await node.script(`docker run --rm ${await build('')} find /context -type f`)
      expect(stdout.trim().split('\n').sort()).toEqual([
        '/context/.dockerignore',
        '/context/Dockerfile',
        '/context/keep.log',
        '/context/main.txt',
      ])
    })

    test('ends at the stage that --target names', async () => {
      const shown = await build('--target shown')
      expect(await run(node, `docker run --rm ${shown}`)).toBe('version none')
      const { exitCode, stderr } = await node.script(`docker run --rm ${shown} ls /context`)
      expect([exitCode, stderr]).toEqual([1, 'ls: /context: No such file or directory\n'])
    })

    test('takes unchanged steps from the cache, until what they copy changes or --no-cache is given', async () => {
      // Each build makes different files, so the very same image can only come from the cache.
      const random = 'cat /proc/sys/kernel/random/uuid > /made'
      await node.writeFile('/cache/Dockerfile', `FROM busybox\nCOPY file /\nRUN ${random}\n`)
      await node.writeFile('/cache/file', 'one')
      const made = async (flags = '') =>
        await run(node, `cd /cache; ${environment} docker build --quiet ${flags} .`)
      const first = await made()
      expect(await made()).toBe(first)
      await node.writeFile('/cache/file', 'two')
      const second = await made()
      expect(second).not.toBe(first)
      expect(await made('--no-cache')).not.toBe(second)
    })

    test('stops at the step that fails', async () => {
      await node.writeFile('/bad/Dockerfile', 'FROM busybox\nRUN exit 9\nRUN touch /never\n')
      const said = await refused(node, `cd /bad; ${environment} docker build -t bad .`)
      expect(said).toMatch(/exit 9.*(non-zero code|exit code): 9/s)
      expect(await run(node, 'docker images -q bad')).toBe('')
    })
  })

  test('BuildKit leaves out the stages that nothing needs', async () => {
    await node.writeFile(
      '/stages/Dockerfile',
      'FROM busybox AS unneeded\nRUN exit 1\nFROM busybox\nRUN echo needed > /made\nCMD cat /made\n',
    )
    expect(await refused(node, 'cd /stages; DOCKER_BUILDKIT=0 docker build .')).toContain('non-zero code: 1')
    const build = 'DOCKER_BUILDKIT=1 docker build --quiet .'
    expect(await run(node, `cd /stages; docker run --rm $(${build})`)).toBe('needed')
  })

  test('BuildKit shows a secret to one step and does not keep it', async () => {
    await node.writeFile(
      '/secret/Dockerfile',
      'FROM busybox\nRUN --mount=type=secret,id=key wc -c < /run/secrets/key > /size\n',
    )
    await node.writeFile('/root/key', 'k3y-to-all')
    const id = await run(
      node,
      'cd /secret; DOCKER_BUILDKIT=1 docker build --quiet --secret id=key,src=/root/key .',
    )
    expect(await run(node, `docker run --rm ${id} cat /size`)).toBe('10')
    expect(await run(node, `docker run --rm ${id} sh -c 'ls /run/secrets 2>/dev/null || true'`)).toBe('')
    expect(await run(node, `docker save ${id} | grep -ac k3y-to-all || true`)).toBe('0')
  })

  describe('packages', () => {
    const installing = (flags: string) => `exec 2>&1
docker build --no-cache ${flags} -t tool - <<'END'
FROM debian
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends tree
END`

    test('are installed by a build where there is a network', async (context) => {
      const reaches = await node.script('docker run --rm debian timeout 20 apt-get update -qq 2>&1', {
        limitMs: 30_000,
      })
      context.skip(
        reaches.exitCode !== 0 || reaches.stdout.includes('Failed to fetch'),
        'no network to packages',
      )
      await run(node, installing(''), 60_000)
      expect(await run(node, 'docker run --rm tool tree --version')).toContain('tree v')
    })

    test('cannot be had by a build without one, which says so', async () => {
      const { exitCode, stdout } = await node.script(installing('--network none'), { limitMs: 60_000 })
      expect(exitCode).not.toBe(0)
      expect(stdout).toContain('Temporary failure resolving')
    })
  })
})

describe('images and containers as files', () => {
  let node: LabNode

  beforeAll(async () => {
    node = await bench().node('files')
    await node.writeFile('/app/Dockerfile', 'FROM busybox\nRUN echo kept > /kept\nCMD ["cat", "/kept"]\n')
    await run(node, 'docker build -q -t app:1 /app; docker tag app:1 app:latest')
  })

  test('save and load carry an image with its layers, tags and command to another node', async () => {
    const other = await bench().node('other')
    const id = await inspect(node, 'app:1', '{{.Id}}')
    await run(node, 'docker save --output /root/app.tar app:1 app:latest')
    // The archive goes from node to node as a student would send it.
    await run(
      other,
      `setsid nc -l 9000 > /root/app.tar < /dev/null & until ss -Hltn sport = :9000 | grep -q .; do sleep 0.05; done`,
    )
    await run(node, 'nc -N other 9000 < /root/app.tar')
    await run(
      other,
      `until [ "$(stat -c %s /root/app.tar)" = ${await run(node, 'stat -c %s /root/app.tar')} ]; do sleep 0.05; done`,
    )

    expect(await run(other, 'docker load --quiet --input /root/app.tar')).toBe(
      'Loaded image: app:1\nLoaded image: app:latest',
    )
    expect(await inspect(other, 'app:latest', '{{.Id}}')).toBe(id)
    expect(await run(other, 'docker run --rm app:1')).toBe('kept')
    const layers = '{{len .RootFS.Layers}}'
    expect(await inspect(other, 'app:1', layers)).toBe(await inspect(node, 'app:1', layers))
    await other.remove()
  })

  test('export and import keep the files of a container, in one layer and without its command', async () => {
    await run(
      node,
      `docker run --name wrote app:1 sh -c 'echo mine > /mine'
       docker export wrote | docker import --change 'ENV FROM=export' - flat:1`,
    )
    const facts = '{{len .RootFS.Layers}} {{.Config.Cmd}} {{.Config.Env}}'
    expect(await inspect(node, 'flat:1', facts)).toBe('1 [] [FROM=export]')
    expect(await run(node, 'docker run --rm flat:1 cat /kept /mine')).toBe('kept\nmine')
    expect(await refused(node, 'docker run --rm flat:1')).toMatch(/no command specified/i)
    await run(node, 'docker rm wrote')
  })

  test('commit adds what a container changed as a layer, and history tells of it', async () => {
    await run(
      node,
      `docker run --name changed app:1 sh -c 'rm /kept; echo new > /new'
       docker commit --author me --message 'changed by hand' --change 'CMD ["cat", "/new"]' changed app:2`,
    )
    expect(await run(node, 'docker run --rm app:2')).toBe('new')
    expect(await refused(node, 'docker run --rm app:2 ls /kept')).toBe('ls: /kept: No such file or directory')
    expect(await inspect(node, 'app:2', '{{.Author}} {{.Comment}}')).toBe('me changed by hand')

    const history = `docker history --no-trunc --format '{{.CreatedBy}}|{{.Comment}}' app:2`
    const [last, ...before] = (await run(node, history)).split('\n')
    expect(last).toBe('sh -c rm /kept; echo new > /new|changed by hand')
    expect(before.join('\n')).toContain('CMD ["cat" "/kept"]')
    expect(before.join('\n')).toContain('echo kept > /kept')
    const layers = async (image: string) => Number(await inspect(node, image, '{{len .RootFS.Layers}}'))
    expect((await layers('app:2')) - (await layers('app:1'))).toBe(1)
    await run(node, 'docker rm changed')
  })

  test('an image in use stays until its containers are gone; an unnamed one goes with a prune', async () => {
    await run(node, 'tar -cT /dev/null | docker import - used:1; docker create --name holds used:1 true')
    expect(await refused(node, 'docker rmi used:1')).toContain(
      'conflict: unable to remove repository reference',
    )
    await run(node, 'docker rm holds; docker rmi used:1')

    await node.writeFile('/dangling/Dockerfile', 'FROM busybox\nRUN echo dangling > /d\n')
    const id = await run(node, 'docker build -q /dangling')
    expect(await run(node, 'docker images -q --no-trunc --filter dangling=true')).toBe(id)
    expect(await run(node, 'docker image prune -f')).toContain(`deleted: ${id}`)
    expect(await run(node, 'docker images -q --filter dangling=true')).toBe('')
  })

  test.skip('content trust signs a push and refuses what is not signed (skipped: no notary server in Debian)', () => {})
})
