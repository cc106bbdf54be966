/** Bytes as Base64. The exam layer runs in a browser too, where Node's buffers are not there. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const group = (first << 16) | (second << 8) | third
    const letters = [18, 12, 6, 0].map((shift) => LETTERS.charAt((group >> shift) & 63))
    // Each byte that is missing at the end is told by a sign.
    const missing = Math.max(0, at + 3 - bytes.length)
    parts.push(letters.slice(0, 4 - missing).join('') + '='.repeat(missing))
  }
  return parts.join('')
}
