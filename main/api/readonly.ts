/** The type of a value that nobody changes, however deep one looks. */
export type DeepReadonly<T> = unknown extends T ? T : { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
