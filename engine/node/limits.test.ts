import { expect, test } from 'vitest'
import { hostConfigOf, limitsOf } from './limits'

const machine = (memory: number) => ({ memory, cores: 2 })

test.each([
  ['a large machine', { nodes: 1 }, 24_000, 2048],
  ['a large machine with seven nodes', { nodes: 7 }, 24_000, 2048],
  ['a small machine with three nodes', { nodes: 3 }, 4000, 1000],
  ['a tiny machine, where less would not work', { nodes: 7 }, 2000, 384],
  ['an engine that does not tell its memory', { nodes: 3 }, 0, 2048],
  ['a lab that needs more', { nodes: 2, memory: 3000 }, 24_000, 3000],
  ['a lab that needs more than the machine has', { nodes: 1, memory: 64_000 }, 8000, 6000],
  ['a lab that needs little', { nodes: 1, memory: 256 }, 8000, 256],
])('memory for %s', (_name, need, memory, expected) => {
  expect(limitsOf(need, machine(memory)).memory).toBe(expected)
})

test('all nodes of a lab together leave memory to the host', () => {
  for (let nodes = 1; nodes <= 7; nodes++) {
    expect(nodes * limitsOf({ nodes, memory: 100_000 }, machine(16_000)).memory).toBeLessThanOrEqual(12_000)
  }
})

test('a node may use the disk as its lab says, and by default', () => {
  expect(limitsOf({ nodes: 1, disk: 600 }, machine(8000)).disk).toBe(600)
  expect(limitsOf({ nodes: 7 }, machine(8000)).disk).toBe(8192)
})

test('every limit reaches the engine, in its units, and swap is no way around the memory', () => {
  const limits = { memory: 512, processes: 100, cpuShares: 256, openFiles: 1000, fileSize: 10, disk: 20 }
  expect(hostConfigOf(limits)).toEqual({
    LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
    Memory: 536_870_912,
    MemorySwap: 536_870_912,
    PidsLimit: 100,
    CpuShares: 256,
    Ulimits: [
      { Name: 'nofile', Soft: 1000, Hard: 1000 },
      { Name: 'fsize', Soft: 10_485_760, Hard: 10_485_760 },
    ],
  })
})
