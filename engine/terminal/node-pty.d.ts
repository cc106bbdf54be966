/**
 * The part of node-pty that is used. The package is optional: it is missing where its native part cannot be
 * built, and the code must compile there too.
 */
declare module 'node-pty' {
  export interface IPty {
    onData(listener: (text: string) => void): unknown
    onExit(listener: (event: { readonly exitCode: number }) => void): unknown
    write(data: string | Buffer): void
    resize(columns: number, rows: number): void
    pause(): void
    resume(): void
    kill(signal?: string): void
  }

  export interface SpawnOptions {
    readonly name?: string
    readonly cols?: number
    readonly rows?: number
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string | undefined>>
  }

  export function spawn(file: string, args: readonly string[], options: SpawnOptions): IPty
}
