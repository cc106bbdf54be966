/**
 * The labs that ship with Capstan, each with the hash of its folder. The build writes the list beside the program, so
 * a folder that somebody adds or changes later is not taken for one of ours.
 */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type LoadedLab, loadCatalogue } from '../../../engine'
import { builtFile } from '../../../shared/system/built-files'
import { isNotThere } from '../../../shared/system/failures'
import { writeWhole } from '../../../shared/system/whole-file'

const ShippedFile = z.object({ version: z.literal(1), labs: z.record(z.string(), z.string()) })

/** The hash of each lab's folder, by `<domain>/<id>`. */
export type ShippedLabs = ReadonlyMap<string, string>

/** The name of a lab among those that ship. */
export function nameOf({ domain, id }: Pick<LoadedLab, 'domain' | 'id'>): string {
  return `${domain}/${id}`
}

/** Hashes the labs of a folder and writes the list. */
export async function writeShippedLabs(labs: string, path: string): Promise<void> {
  const hashes = Object.fromEntries(await hashesOf(labs))
  await writeWhole(path, `${JSON.stringify({ version: 1, labs: hashes }, null, 2)}\n`)
}

/**
 * Reads the list. Without a built program, the labs beside the sources are the ones that ship.
 * @param labs the folder of the labs, for code that runs from its sources
 */
export async function readShippedLabs(labs: string, path = builtFile('labs.json')): Promise<ShippedLabs> {
  if (path === null) return await hashesOf(labs)
  try {
    const { labs: hashes } = ShippedFile.parse(JSON.parse(await readFile(path, 'utf8')))
    return new Map(Object.entries(hashes))
  } catch (error) {
    // Without the list no lab is known, and each asks for consent: the safe side.
    if (isNotThere(error) || error instanceof SyntaxError || error instanceof z.ZodError) return new Map()
    throw error
  }
}

async function hashesOf(folder: string): Promise<Map<string, string>> {
  const labs = (await loadCatalogue(folder)).flatMap(({ lab }) => lab ?? [])
  return new Map(labs.map((lab) => [nameOf(lab), lab.hash]))
}
