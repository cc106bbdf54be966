/** The language of a file, from its name. */

const BY_ENDING: Readonly<Record<string, string>> = {
  yml: 'yaml',
  yaml: 'yaml',
  sh: 'shell',
  py: 'python',
  html: 'html',
  js: 'javascript',
  json: 'javascript',
  md: 'markdown',
  conf: 'ini',
  ini: 'ini',
}

export function languageOf(path: string): string {
  const name = path.split('/').at(-1) ?? ''
  if (/^(Dockerfile|Containerfile)(\..+)?$|\.dockerfile$/i.test(name)) return 'dockerfile'
  return BY_ENDING[name.split('.').at(-1) ?? ''] ?? 'plaintext'
}
