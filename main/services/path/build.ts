/** The program that writes the paths and the sheets of objectives, parsed: `build-path.js <folder> <file>`. */
import { writePathFiles } from './files'

const [resources, path] = process.argv.slice(2)
if (!resources || !path)
  throw new Error('Name the folder that holds labs/ and questions/, and the file to write.')
await writePathFiles(resources, path)
