import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { CapstanError } from '../../shared/errors'
import { type MemoryEngine, memoryEngine } from '../docker/testing/index.test-kit'
import { createLabNetwork, findLabNetworks, Subnet } from './subnets'

const index = fc.integer({ min: 0, max: 1023 })
const host = fc.integer({ min: 0, max: 52 })

/** The number of an IPv4 address. */
function numberOf(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}

function rangeOf({ cidr }: Subnet): [number, number] {
  const [address = '', bits] = cidr.split('/')
  const first = numberOf(address)
  return [first, first + 2 ** (32 - Number(bits)) - 1]
}

describe('subnets', () => {
  test('two of them never overlap, and all are in the range', () => {
    fc.assert(
      fc.property(index, index, (one, other) => {
        fc.pre(one !== other)
        const [[firstA, lastA], [firstB, lastB]] = [rangeOf(new Subnet(one)), rangeOf(new Subnet(other))]
        expect(lastA < firstB || lastB < firstA).toBe(true)
        for (const number of [firstA, lastA])
          expect(Math.floor(number / 65_536)).toBe(numberOf('10.215.0.0') / 65_536)
      }),
    )
  })

  test('addresses of nodes are in the subnet, each once, and apart from those of mirrors', () => {
    fc.assert(
      fc.property(index, host, host, (at, one, other) => {
        const subnet = new Subnet(at)
        const [first, last] = rangeOf(subnet)
        const [gateway, broadcast] = [first + 1, last]
        const node = numberOf(subnet.node(one))
        expect(node).toBeGreaterThan(gateway)
        expect(node).toBeLessThan(broadcast)
        if (one !== other) expect(subnet.node(one)).not.toBe(subnet.node(other))
        for (const mirror of [0, 1]) {
          expect(numberOf(subnet.guest(mirror))).toBeGreaterThan(gateway)
          expect(subnet.guest(mirror)).not.toBe(subnet.node(one))
        }
      }),
    )
  })

  test('a subnet that is written out is the same when read again', () => {
    fc.assert(fc.property(index, (at) => Subnet.parse(new Subnet(at).cidr)?.index === at))
  })

  test('the examples of the description', () => {
    expect(new Subnet(5).cidr).toBe('10.215.1.64/26')
    expect(new Subnet(5).guest(0)).toBe('10.215.1.66')
    expect(new Subnet(5).node(6)).toBe('10.215.1.80')
  })

  test.each(['172.17.0.0/16', '10.215.1.64/24', '10.214.1.64/26', '', '10.215.1/26'])(
    '%j is not one of ours',
    (cidr) => expect(Subnet.parse(cidr)).toBeNull(),
  )
})

describe('networks', () => {
  let engine: MemoryEngine
  beforeEach(() => {
    engine = memoryEngine()
  })
  const belonging = { topologyId: 't1', owner: 'o1' }
  const network = { name: 'lab', internal: true }
  /** Chooses these numbers, one after the other. */
  const choosing = (...numbers: number[]) => {
    const left = [...numbers]
    return (count: number) => {
      expect(count).toBe(1024)
      return left.shift() ?? 0
    }
  }

  test('a network gets a subnet, a name and labels, and is found again', async () => {
    const made = await createLabNetwork(engine, network, belonging, choosing(5))
    expect(engine.networks.get(made.id)).toMatchObject({
      name: 'capstan-t1-lab',
      subnet: '10.215.1.64/26',
      internal: true,
      labels: { 'capstan.kind': 'network', 'capstan.topology': 't1', 'capstan.name': 'lab' },
    })
    expect(await findLabNetworks(engine, 't1')).toEqual([made])
    expect(await findLabNetworks(engine, 'other')).toEqual([])
  })

  test('a subnet that is taken is passed over', async () => {
    await createLabNetwork(engine, network, belonging, choosing(5))
    const second = await createLabNetwork(engine, { ...network, name: 'b' }, belonging, choosing(5, 5, 6))
    expect(second.subnet.index).toBe(6)
  })

  test('when every try is taken, the words of the engine are the error', async () => {
    await createLabNetwork(engine, network, belonging, choosing(0))
    const again = createLabNetwork(engine, { ...network, name: 'b' }, belonging, () => 0)
    await expect(again).rejects.toThrow('overlaps')
    expect(engine.calls.filter((call) => call.startsWith('networks.create'))).toHaveLength(41)
  })

  test('another failure is not tried again', async () => {
    engine.failures.set('networks.create', new CapstanError('engine-gone', 'gone'))
    await expect(createLabNetwork(engine, network, belonging, () => 0)).rejects.toThrow('gone')
    expect(engine.calls).toHaveLength(1)
  })

  test('a network of the topology with another subnet is left out', async () => {
    await engine.docker.networks.create('x', { 'capstan.topology': 't1' }, { subnet: '172.20.0.0/16' })
    expect(await findLabNetworks(engine, 't1')).toEqual([])
  })
})
