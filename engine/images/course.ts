/** The images that labs use: each has one recipe, and names under which nodes know it. */

export interface CourseImage {
  readonly name: string
  /** Folder of its recipe; by default its name. */
  readonly recipe?: string
  readonly args?: Readonly<Record<string, string>>
  /** Names inside a node. It can be pulled by each of them. */
  readonly tags: readonly string[]
  /** Whether every node has it from the start. */
  readonly everywhere?: boolean
  /** Recipe of the same image for the architecture that the engine's machine does not have. */
  readonly foreign?: string
  /**
   * Earlier images with steps that are word for word those of this one. While they are built it waits: the engine makes
   * a shared step once only when it has it already.
   */
  readonly after?: readonly string[]
}

const TOOLS = ['busybox']
const PYTHON = ['busybox', 'python']

/** Those that many wait for come first. */
export const COURSE_IMAGES: readonly CourseImage[] = [
  { name: 'busybox', tags: ['busybox:latest'], everywhere: true, foreign: 'busybox-foreign' },
  { name: 'python', tags: ['python:latest', 'python:3-slim'], everywhere: true },
  { name: 'nginx', tags: ['nginx:latest', 'nginx:alpine'], everywhere: true, after: TOOLS },
  {
    name: 'hello-world',
    tags: ['hello-world:latest'],
    everywhere: true,
    foreign: 'hello-world-foreign',
    after: TOOLS,
  },
  { name: 'vote', tags: ['votingapp/vote:latest'], after: PYTHON },
  { name: 'postgres', tags: ['postgres:latest', 'postgres:15', 'postgres:15-alpine'], after: TOOLS },
  { name: 'httpd', tags: ['httpd:latest', 'httpd:2.4'], after: TOOLS },
  { name: 'redis', tags: ['redis:latest', 'redis:alpine', 'redis:7'], after: TOOLS },
  { name: 'registry', tags: ['registry:latest', 'registry:2'], after: TOOLS },
  { name: 'alpine', tags: ['alpine:latest', 'alpine:3.20'], after: TOOLS },
  { name: 'ubuntu', tags: ['ubuntu:latest', 'ubuntu:22.04'], after: TOOLS },
  { name: 'webapp-1', recipe: 'webapp', args: { VERSION: '1.0' }, tags: ['webapp:1.0'], after: ['vote'] },
  {
    name: 'webapp-2',
    recipe: 'webapp',
    args: { VERSION: '2.0' },
    tags: ['webapp:2.0', 'webapp:latest'],
    after: ['webapp-1'],
  },
  { name: 'webapp-3', recipe: 'webapp', args: { VERSION: '3.0' }, tags: ['webapp:3.0'], after: ['webapp-1'] },
  { name: 'worker', tags: ['votingapp/worker:latest'], after: ['vote'] },
  { name: 'result', tags: ['votingapp/result:latest'], after: ['vote'] },
]

/** The names of the Debian base, which is a course image too, and in every node. */
export const BASE_TAGS: readonly string[] = ['debian:latest', 'debian:bookworm-slim']

/** Names of the images that every node has from the start. */
export function preloadedEverywhere(): string[] {
  return [...COURSE_IMAGES.flatMap(({ tags, everywhere }) => (everywhere ? tags : [])), ...BASE_TAGS]
}

/** Every name a lab may use. */
export function courseImageNames(): string[] {
  return [...COURSE_IMAGES.flatMap(({ tags }) => tags), ...BASE_TAGS]
}
