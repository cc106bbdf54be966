/** Builds the images that labs use, several at a time. */
import { join } from 'node:path'
import type { DockerClient } from '../docker'
import type { ReportDetail } from '../outer'
import { type Architecture, architectureOf, foreignTo } from './architecture'
import { build } from './build'
import { BASE_TAGS, COURSE_IMAGES, type CourseImage } from './course'
import type { MirrorImage } from './fill-mirror'
import { together } from './together'

/** While one build waits for a package, the other one unpacks. */
const AT_A_TIME = 2

export interface BuiltImage extends MirrorImage {
  readonly name: string
  readonly everywhere: boolean
}

export interface BuildCourseOptions {
  readonly docker: DockerClient
  /** Folder of all recipes. */
  readonly recipes: string
  readonly base: string
  readonly signal: AbortSignal
  readonly report: ReportDetail
}

/** Builds those that are missing. @returns all of them in their order, after the base */
export async function buildCourse({ signal, ...options }: BuildCourseOptions): Promise<BuiltImage[]> {
  const { base, docker, report } = options
  const architecture = foreignTo(await architectureOf(docker))
  const building = new Map<string, Promise<BuiltImage>>()
  let done = 0
  const works = COURSE_IMAGES.map((image) => async (either: AbortSignal) => {
    const earlier = (image.after ?? []).map((name) => building.get(name))
    const result = Promise.all(earlier).then(() =>
      buildOne(image, { ...options, architecture, signal: either }),
    )
    building.set(image.name, result)
    const one = await result
    done++
    report(image.name, done / COURSE_IMAGES.length)
    return one
  })
  const built = await together(works, { signal, limit: AT_A_TIME })
  return [{ name: 'debian', ref: base, tags: BASE_TAGS, everywhere: true, foreign: null }, ...built]
}

async function buildOne(
  { name, recipe, args = {}, tags, everywhere, foreign }: CourseImage,
  { recipes, architecture, ...rest }: BuildCourseOptions & { readonly architecture: Architecture },
): Promise<BuiltImage> {
  const make = async (own: string, folder: string, given: Readonly<Record<string, string>> = {}) =>
    await build({
      ...rest,
      folder: join(recipes, 'course', folder),
      name: `course-${own}`,
      args: given,
      report: () => undefined,
    })
  return {
    name,
    tags,
    everywhere: everywhere ?? false,
    ref: await make(name, recipe ?? name, args),
    foreign: foreign ? await make(foreign, foreign, { FOREIGN: architecture }) : null,
  }
}
