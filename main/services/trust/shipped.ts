/**
 * The labs that ship with Capstan, each with the hash of its folder. The build writes them beside the program, so a
 * folder that somebody adds or changes later is not taken for one of ours. They are parsed there too: that is a third
 * of the work of a start.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type LoadedLab, loadCatalogue, type ParsedLab, type ParsedLabs, withoutPlace } from '../../../engine'
import { builtFile } from '../../../shared/system/built-files'
import { isNotThere } from '../../../shared/system/failures'
import { writeWhole } from '../../../shared/system/whole-file'

/** Goes up when the form of the file, or that of a parsed lab, changes. */
const VERSION = 2

const ShippedFile = z.object({
  version: z.literal(VERSION),
  labs: z.record(
    z.string(),
    z.object({
      hash: z.string(),
      // The build wrote it from the types. Whoever can change it can change the program as well.
      lab: z.custom<ParsedLab>((value) => typeof value === 'object' && value !== null),
    }),
  ),
})

export interface ShippedLabs {
  /** The hash of each lab's folder, by `<domain>/<id>`. */
  readonly hashes: ReadonlyMap<string, string>
  /** What was parsed by the build. Empty without one. */
  readonly parsed: ParsedLabs
}

/** The name of a lab among those that ship. */
export function nameOf({ domain, id }: Pick<LoadedLab, 'domain' | 'id'>): string {
  return `${domain}/${id}`
}

/** Reads the labs of a folder and writes the file of the build. */
export async function writeShippedLabs(labs: string, path: string): Promise<void> {
  const entries = (await labsOf(labs)).map((lab) => [nameOf(lab), { hash: lab.hash, lab: withoutPlace(lab) }])
  await writeWhole(path, `${JSON.stringify({ version: VERSION, labs: Object.fromEntries(entries) })}\n`)
}

/**
 * Reads the file of the build. Without a built program, the labs beside the sources are the ones that ship.
 * @param labs the folder of the labs, for code that runs from its sources
 */
export async function readShippedLabs(labs: string, path = builtFile('labs.json')): Promise<ShippedLabs> {
  if (path === null) {
    const hashes = (await labsOf(labs)).map((lab): [string, string] => [nameOf(lab), lab.hash])
    return { hashes: new Map(hashes), parsed: new Map() }
  }
  const entries = Object.entries(await builtLabs(path))
  return {
    hashes: new Map(entries.map(([name, { hash }]) => [name, hash])),
    parsed: new Map(entries.map(([, { hash, lab }]) => [hash, lab])),
  }
}

async function builtLabs(path: string): Promise<z.infer<typeof ShippedFile>['labs']> {
  try {
    return ShippedFile.parse(JSON.parse(await readFile(path, 'utf8'))).labs
  } catch (error) {
    // Without the file no lab is known, and each asks for consent: the safe side.
    if (isNotThere(error) || error instanceof SyntaxError || error instanceof z.ZodError) return {}
    throw error
  }
}

async function labsOf(folder: string): Promise<LoadedLab[]> {
  return (await loadCatalogue(folder)).flatMap(({ lab }) => lab ?? [])
}
