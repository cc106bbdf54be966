/** The program that writes the built bank: `build-bank.js <folder that holds questions/> <file>`. */
import { isCapstanError } from '../../../shared/errors'
import { writeBuiltBank } from './built'

const [resources, path] = process.argv.slice(2)
if (!resources || !path) throw new Error('Name the folder that holds questions/, and the file to write.')
try {
  await writeBuiltBank(resources, path)
} catch (error) {
  if (!isCapstanError(error)) throw error
  // The author of the questions still needs the program, which parses them itself and reports the same problem.
  process.stderr.write(`${error.message}\n${error.help ?? ''}\n`)
}
