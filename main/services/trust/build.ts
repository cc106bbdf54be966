/** The program that writes the labs that ship, parsed: `build-labs.js <folder that holds labs/> <file>`. */
import { join } from 'node:path'
import { writeShippedLabs } from './shipped'

const [resources, path] = process.argv.slice(2)
if (!resources || !path) throw new Error('Name the folder that holds labs/, and the file to write.')
await writeShippedLabs(join(resources, 'labs'), path)
