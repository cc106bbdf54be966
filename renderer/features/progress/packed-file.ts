/** An export that was chosen, compressed for the way to the host. */
import { LARGEST_IMPORT, LARGEST_PACKED } from '../../../main/api'
import { base64Of } from '../../api'

/** @throws Error for a file that is too large to be an export */
export async function packFile(file: Blob): Promise<string> {
  if (file.size > LARGEST_IMPORT) throw tooLarge()
  const compressed = new Response(file.stream().pipeThrough(new CompressionStream('gzip')))
  const packed = await base64Of(await compressed.blob())
  if (packed.length > LARGEST_PACKED) throw tooLarge()
  return packed
}

function tooLarge(): Error {
  return new Error(
    'The file is too large. Choose the file that "Export everything" has saved on the other computer.',
  )
}
