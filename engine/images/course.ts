/** The images that labs name: each has one recipe and the names it is known by inside a node. */

export interface CourseImage {
  readonly name: string
  /** Names inside a node. */
  readonly tags: readonly string[]
}

export const COURSE_IMAGES: readonly CourseImage[] = [
  { name: 'busybox', tags: ['busybox:latest'] },
  { name: 'nginx', tags: ['nginx:latest', 'nginx:alpine'] },
  { name: 'python', tags: ['python:latest', 'python:3-slim'] },
  { name: 'hello-world', tags: ['hello-world:latest'] },
]

/** The Debian base itself is a course image too. */
export const BASE_TAGS: readonly string[] = ['debian:latest', 'debian:bookworm-slim']

/** Every name a lab may use. */
export function courseImageNames(): string[] {
  return [...COURSE_IMAGES.flatMap(({ tags }) => tags), ...BASE_TAGS]
}
