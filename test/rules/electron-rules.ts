/**
 * The rules of Electron's security checklist (https://www.electronjs.org/docs/latest/tutorial/security), as
 * electronegativity checks them, for the sources of main/electron. Each rule names what is wrong with a text.
 */

interface Rule {
  readonly name: string
  readonly isBroken: (source: string) => boolean
}

/** The text must have it. */
const must = (name: string, pattern: RegExp): Rule => ({ name, isBroken: (source) => !pattern.test(source) })
/** The text must not have it. */
const never = (name: string, pattern: RegExp): Rule => ({ name, isBroken: (source) => pattern.test(source) })

export const ELECTRON_RULES: readonly Rule[] = [
  must('CONTEXT_ISOLATION', /\bcontextIsolation: true\b/),
  must('SANDBOX', /\bsandbox: true\b/),
  must('NODE_INTEGRATION', /\bnodeIntegration: false\b/),
  must('WEB_SECURITY', /\bwebSecurity: true\b/),
  must('AUXCLICK', /\bdisableBlinkFeatures: 'Auxclick'/),
  must('WEBVIEW_TAG', /\bwebviewTag: false\b/),
  must('DEVTOOLS_IN_PACKAGED_APP', /\bdevTools: !app\.isPackaged\b/),
  must(
    'NAVIGATION',
    /'will-navigate', \(event, url\) => \{\s*if \(!mayNavigate\(url\)\) event\.preventDefault\(\)/,
  ),
  must('FRAME_NAVIGATION', /'will-frame-navigate', refuseStrangers\)/),
  must('REDIRECTS', /'will-redirect', refuseStrangers\)/),
  must('WEBVIEW_ATTACH', /'will-attach-webview', \(event\) => event\.preventDefault\(\)/),
  must('NEW_WINDOWS', /\.setWindowOpenHandler\([\s\S]*?action: 'deny'/),
  must('PERMISSION_REQUESTS', /\.setPermissionRequestHandler\(\([^)]*\) => \{\s*answer\(mayUse\(/),
  must('PERMISSION_CHECKS', /\.setPermissionCheckHandler\(\([^)]*\) =>\s*mayUse\(/),
  must('DEVICES', /\.setDevicePermissionHandler\(\(\) => false\)/),
  must('SCREENS', /\.setDisplayMediaRequestHandler\(\(_request, answer\) => answer\(\{\}\)\)/),
  must('HID', /'select-hid-device',[^{]*\{\s*event\.preventDefault\(\)/),
  must('SERIAL', /'select-serial-port',[^{]*\{\s*event\.preventDefault\(\)/),
  must('USB', /'select-usb-device',[^{]*\{\s*event\.preventDefault\(\)/),
  must('IPC_SENDER', /isTrustedSender\(/),
  must('CONTENT_SECURITY_POLICY', /securityHeaders\(/),
  never('NEW_WINDOWS_ALLOWED', /action: 'allow'/),
  never(
    'WEAKER_PREFERENCES',
    /\b(nodeIntegrationInWorker|nodeIntegrationInSubFrames|experimentalFeatures): true/,
  ),
  never('INSECURE_CONTENT', /\ballowRunningInsecureContent\b/),
  never('BLINK_FEATURES', /\benableBlinkFeatures\b/),
  never('REMOTE_MODULE', /@electron\/remote|\benableRemoteModule\b/),
  never('HTTP_RESOURCES', /\.loadURL\(\s*['"`]https?:/),
  never('FILE_PAGES', /\.loadFile\(|file:\/\//),
  never('FILE_PROTOCOL', /registerFileProtocol|interceptFileProtocol/),
  never('EVAL', /\beval\(|new Function\(|\.executeJavaScript\(/),
  never('CERTIFICATES', /setCertificateVerifyProc|'certificate-error'|ignore-certificate-errors/),
  never('COMMAND_LINE', /appendSwitch\('(disable-web-security|no-sandbox|remote-debugging-port|js-flags)/),
  never('CONTEXT_BRIDGE_OF_IPC', /exposeInMainWorld\([^)]*ipcRenderer/),
  never('WHOLE_FOLDERS', /shell\.openPath\(/),
]

/** The names of the rules that the sources break. */
export function brokenRules(source: string): string[] {
  return ELECTRON_RULES.filter(({ isBroken }) => isBroken(source)).map(({ name }) => name)
}

/** Each address that leaves the app has passed `mayOpenOutside`. */
export function openExternalWithoutQuestion(source: string): string[] {
  return source
    .split('\n')
    .filter((line) => line.includes('openExternal(') && !line.includes('mayOpenOutside('))
    .map((line) => line.trim())
}
