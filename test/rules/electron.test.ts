/** The desktop shell keeps to Electron's security checklist, and the rules refuse what breaks it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { brokenRules, ELECTRON_RULES, openExternalWithoutQuestion } from './electron-rules'
import { ROOT } from './planted'

const FOLDER = join(ROOT, 'main/electron')
const SOURCE = readdirSync(FOLDER)
  .filter((name) => /^(?!.*\.test\.).*\.ts$/.test(name))
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
  .join('\n')

/** Changes of the sources that break one rule each. */
const CHANGES: readonly (readonly [string, (source: string) => string])[] = [
  ...[
    ['CONTEXT_ISOLATION', 'contextIsolation: true', 'contextIsolation: false'],
    ['SANDBOX', 'sandbox: true', 'sandbox: false'],
    ['NODE_INTEGRATION', 'nodeIntegration: false', 'nodeIntegration: true'],
    ['WEB_SECURITY', 'webSecurity: true', 'webSecurity: false'],
    ['AUXCLICK', "disableBlinkFeatures: 'Auxclick',", ''],
    ['WEBVIEW_TAG', 'webviewTag: false', 'webviewTag: true'],
    ['DEVTOOLS_IN_PACKAGED_APP', 'devTools: !app.isPackaged', 'devTools: true'],
    ['NAVIGATION', "'will-navigate'", "'did-navigate'"],
    ['NAVIGATION', 'if (!mayNavigate(url))', 'if (false)'],
    ['FRAME_NAVIGATION', "'will-frame-navigate'", "'did-frame-navigate'"],
    ['REDIRECTS', "'will-redirect'", "'did-redirect'"],
    ['WEBVIEW_ATTACH', "'will-attach-webview'", "'did-attach-webview'"],
    ['PERMISSION_REQUESTS', '.setPermissionRequestHandler(', '.other('],
    ['PERMISSION_REQUESTS', 'answer(mayUse(', 'answer(true || ('],
    ['PERMISSION_CHECKS', '.setPermissionCheckHandler(', '.other('],
    ['PERMISSION_CHECKS', '{ isMainFrame }) =>', '{ isMainFrame }) => true ||'],
    ['DEVICES', '.setDevicePermissionHandler(() => false)', '.setDevicePermissionHandler(() => true)'],
    ['SCREENS', '.setDisplayMediaRequestHandler(', '.other('],
    ['SCREENS', 'answer({}))', "answer({ video: 'all' }))"],
    ['HID', "'select-hid-device'", "'x'"],
    ['SERIAL', "'select-serial-port'", "'x'"],
    ['USB', "'select-usb-device'", "'x'"],
    ['IPC_SENDER', 'isTrustedSender(', 'isAnySender('],
    ['CONTENT_SECURITY_POLICY', 'securityHeaders(', 'noHeaders('],
  ].map(
    ([rule = '', from = '', to = '']) => [rule, (source: string) => source.replaceAll(from, to)] as const,
  ),
  ...[
    ['NEW_WINDOWS_ALLOWED', "{ action: 'allow' }"],
    ['WEAKER_PREFERENCES', 'nodeIntegrationInSubFrames: true'],
    ['INSECURE_CONTENT', 'allowRunningInsecureContent: true'],
    ['BLINK_FEATURES', "enableBlinkFeatures: 'X'"],
    ['REMOTE_MODULE', "import '@electron/remote/main'"],
    ['HTTP_RESOURCES', "window.loadURL('http://example.com')"],
    ['FILE_PAGES', "window.loadFile('a.html')"],
    ['FILE_PROTOCOL', "protocol.registerFileProtocol('x')"],
    ['EVAL', 'window.webContents.executeJavaScript(x)'],
    ['CERTIFICATES', "app.on('certificate-error', yes)"],
    ['COMMAND_LINE', "app.commandLine.appendSwitch('no-sandbox')"],
    ['CONTEXT_BRIDGE_OF_IPC', "contextBridge.exposeInMainWorld('x', ipcRenderer)"],
    ['WHOLE_FOLDERS', 'shell.openPath(x)'],
  ].map(([rule = '', line = '']) => [rule, (source: string) => `${source}\n${line}\n`] as const),
]

describe('main/electron', () => {
  it('breaks no rule', () => {
    expect(brokenRules(SOURCE)).toEqual([])
  })

  it('opens no address that was not looked at', () => {
    expect(openExternalWithoutQuestion(SOURCE)).toEqual([])
    expect(SOURCE).toContain('openExternal(')
    expect(openExternalWithoutQuestion('  shell.openExternal(url)')).toEqual(['shell.openExternal(url)'])
  })
})

describe('the rules', () => {
  it.each(CHANGES)('refuse a change that breaks %s', (rule, change) => {
    expect(brokenRules(change(SOURCE))).toEqual([rule])
  })

  it('are all tried', () => {
    const tried = new Set(CHANGES.map(([rule]) => rule))
    // Without the answer there is also no handler, so the rule is seen in the sources only.
    expect(ELECTRON_RULES.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual(['NEW_WINDOWS'])
  })
})

describe('the packaged app', () => {
  it('has the fuses that the checklist asks for', () => {
    const { electronFuses } = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'))
    expect(electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})
