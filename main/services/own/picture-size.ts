/** The kind and the size of a picture, from its first bytes. A small file can ask for more memory than there is. */

export interface PictureFacts {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  readonly width: number
  readonly height: number
}

/** Null for bytes that are none of the kinds that a page shows safely. */
export function pictureFacts(bytes: Uint8Array): PictureFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return png(view) ?? gif(view) ?? webp(view) ?? jpeg(view)
  } catch (error) {
    // It ends before it says how large it is.
    if (error instanceof RangeError) return null
    throw error
  }
}

function isAt(view: DataView, at: number, text: string): boolean {
  return [...text].every((letter, index) => view.getUint8(at + index) === letter.charCodeAt(0))
}

function png(view: DataView): PictureFacts | null {
  if (view.getUint8(0) !== 0x89 || !isAt(view, 1, 'PNG\r\n') || !isAt(view, 12, 'IHDR')) return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

function gif(view: DataView): PictureFacts | null {
  if (!isAt(view, 0, 'GIF87a') && !isAt(view, 0, 'GIF89a')) return null
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

/** WebP has three forms: lossy, lossless, and with more than one part. */
function webp(view: DataView): PictureFacts | null {
  if (!isAt(view, 0, 'RIFF') || !isAt(view, 8, 'WEBP')) return null
  const type = 'image/webp'
  if (isAt(view, 12, 'VP8 '))
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (isAt(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  if (!isAt(view, 12, 'VP8X')) return null
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1
  return { type, width: three(24), height: three(27) }
}

/** The size stands in the frame, which comes after parts of any length. */
function jpeg(view: DataView): PictureFacts | null {
  if (view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const mark = view.getUint8(at + 1)
    const isFrame = mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)
    if (isFrame) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  return null
}
