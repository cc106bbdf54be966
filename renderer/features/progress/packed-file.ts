/** An export that was chosen, compressed for the way to the host. */
import { LARGEST_IMPORT, LARGEST_PACKED } from '../../../main/api'

/** @throws Error for a file that is too large to be an export */
export async function packFile(file: Blob): Promise<string> {
  if (file.size > LARGEST_IMPORT) throw tooLarge()
  const compressed = new Response(file.stream().pipeThrough(new CompressionStream('gzip')))
  const packed = await base64Of(await compressed.blob())
  if (packed.length > LARGEST_PACKED) throw tooLarge()
  return packed
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}

function tooLarge(): Error {
  return new Error(
    'The file is too large. Choose the file that "Export everything" has saved on the other computer.',
  )
}
