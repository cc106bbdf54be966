/** How much may cross the contract at once. */

/** The most characters of a text that the page sends: of a file that is saved, or of what is typed. */
export const LARGEST_TEXT = 1_000_000

/** The most bytes of a part of a file that crosses at once. */
export const LARGEST_PART = 384 * 1024

/** The most bytes of a file that the page takes into a node or out of it. */
export const LARGEST_TRANSFER = 100 * 1024 * 1024

/** The most bytes of an export that is imported on another machine. */
export const LARGEST_IMPORT = 32 * 1024 * 1024

/** The most letters of an export that is compressed for the way to the host. Each is one byte in JSON. */
export const LARGEST_PACKED = 6 * LARGEST_TEXT

/** JSON may write one character as six bytes, such as \u001b. */
const BYTES_OF_A_CHARACTER = 6
/** Room for the names around a text. */
const AROUND_A_TEXT = 64 * 1024

/** The most bytes of one frame of the page. Every text that the contract allows fits into it. */
export const LARGEST_FRAME = BYTES_OF_A_CHARACTER * LARGEST_TEXT + AROUND_A_TEXT

/** The most calls and watches that one page may have open at a time. */
export const MOST_REQUESTS = 1_000
