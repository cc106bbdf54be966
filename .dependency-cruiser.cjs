/** Imports run one way; see docs/architecture.md. test/rules plants a violation of each rule. */
const OURS = '^(main|renderer|engine|exam|shared|labs|questions|setup|test)/'
const TESTS = '\\.test(-kit)?\\.tsx?$'

/**
 * Files of a folder import nothing of ours but what is allowed. What tests share in test/ is free here, because
 * another rule lets only tests import it.
 */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: OURS, pathNot: `${allowed}|^test/` },
})

const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

/**
 * Orders the folders inside a folder. Each floor may import the floors below it. Folders of one floor do not
 * import each other. A test may look at what uses the tested code.
 */
function floors(base, order) {
  return order.flatMap((floor, level) =>
    floor.map((folder) => {
      const below = [...order.slice(0, level).flat(), folder].join('|')
      return never(
        `floors-of-${base}: ${folder}`,
        { path: `^${base}/${folder}/`, pathNot: TESTS },
        { path: `^${base}/[^/]+/`, pathNot: `^${base}/(${below})/` },
        `${base}/${folder} imports only what lies below it: ${below.replaceAll('|', ', ')}`,
      )
    }),
  )
}

/** A folder without a floor would be free to import everything. */
function allHaveFloors(base, order) {
  return never(
    `floors-of-${base}`,
    { path: `^${base}/[^/]+/`, pathNot: `^${base}/(${order.flat().join('|')})/` },
    {},
    `a new folder of ${base} gets its floor in .dependency-cruiser.cjs`,
  )
}

const ENGINE = [
  ['docker', 'lab-folders'],
  ['checks', 'outer'],
  ['labs', 'node'],
  ['images', 'map', 'topology', 'terminal'],
  ['session'],
  ['proofs'],
]
const MAIN = [['api'], ['store'], ['services', 'web'], ['cli', 'electron']]
const SERVICES = [
  ['attempts', 'bank', 'own', 'trust'],
  ['exams', 'hands-on', 'labs'],
  ['exchange', 'marks', 'path', 'progress', 'transfer'],
  ['app'],
]
const SHARED_BY_PAGES = 'api|attempt|components|consent|editor|map|path|question|terminal|theme|workbench'

/** Files that other folders may import. Another rule lets only tests import test kits. */
const ENTRIES = '/index\\.tsx?$|\\.test-kit\\.tsx?$'

module.exports = {
  forbidden: [
    only(
      'renderer-sees-the-contract-only',
      '^renderer/',
      '^(renderer/|main/api/|shared/screen/|shared/[^/]+\\.ts$)',
      'the page imports the contract, and what runs everywhere',
    ),
    only(
      'api-stands-alone',
      '^main/api/',
      '^(main/api/|shared/[^/]+\\.ts$)',
      'both sides share the contract, so it imports neither',
    ),
    only(
      'preload-is-bare',
      '^main/electron/preload',
      '^main/electron/preload',
      'the preload only gives the page a port',
    ),
    only('engine-stands-alone', '^engine/', '^(engine|shared)/', 'engine is a library: no exam, no main'),
    only(
      'exam-stands-alone',
      '^exam/',
      '^(exam/|shared/(?!system/))',
      'exam is pure: no engine, no main, nothing of the host',
    ),
    only('shared-stands-alone', '^shared/', '^shared/', 'the ground floor imports nothing above it'),
    never(
      'shared-runs-everywhere',
      { path: '^shared/', pathNot: `^shared/system/|${TESTS}` },
      { path: '^shared/system/' },
      'only shared/system is for the host alone',
    ),
    never(
      'engine-by-its-entry',
      { path: '^main/' },
      { path: '^engine/', pathNot: '^engine/index' },
      'main imports engine/index.ts',
    ),
    never(
      'exam-by-its-entry',
      { path: '^main/' },
      { path: '^exam/', pathNot: '^exam/index' },
      'main imports exam/index.ts',
    ),
    never(
      'folders-by-their-entry',
      { path: '^([^/]+)/([^/]+)', pathNot: '^test/' },
      { path: '^(engine|exam|main|shared)/[^/]+/', pathNot: `^$1/$2/|^shared/system/|${ENTRIES}` },
      'other folders import a folder through its index.ts',
    ),
    never(
      'services-by-their-entry',
      { path: '^main/services/([^/]+)' },
      { path: '^main/services/[^/]+/', pathNot: `^main/services/$1/|${ENTRIES}` },
      'other services import a service through its index.ts',
    ),
    never(
      'features-by-their-pages',
      { path: '^renderer/(?!features/)' },
      { path: '^renderer/features/', pathNot: `${ENTRIES}|-page\\.tsx$` },
      'the app imports the pages of a feature, and nothing behind them',
    ),
    never(
      'page-folders-by-their-entry',
      { path: '^renderer/([^/]+)' },
      { path: `^renderer/(${SHARED_BY_PAGES})/`, pathNot: `^renderer/$1/|${ENTRIES}|\\.css$` },
      'other folders of the page import a folder through its index.ts',
    ),
    ...floors('engine', ENGINE),
    allHaveFloors('engine', ENGINE),
    ...floors('main', MAIN),
    allHaveFloors('main', MAIN),
    ...floors('main/services', SERVICES),
    allHaveFloors('main/services', SERVICES),
    never(
      'features-are-islands',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
      'features share through renderer/components, never each other',
    ),
    never(
      'features-know-no-app',
      { path: '^renderer/features/' },
      { path: '^renderer/app/' },
      'the app shows features; features do not import it',
    ),
    never(
      'parts-of-pages-know-no-pages',
      { path: `^renderer/(${SHARED_BY_PAGES})/` },
      { path: '^renderer/(features|app)/' },
      'what pages share does not import a page',
    ),
    never(
      'electron-has-one-home',
      { pathNot: '^(main/electron|test)/' },
      { path: 'node_modules/electron/' },
      'only main/electron imports electron',
    ),
    never(
      'dockerode-has-one-home',
      { pathNot: '^(engine/docker|test)/' },
      { path: 'node_modules/dockerode/' },
      'only engine/docker imports dockerode',
    ),
    never(
      'no-core-modules-in-the-page',
      { path: '^(renderer|main/api)/', pathNot: TESTS },
      { dependencyTypes: ['core'] },
      'the page and the contract run in a browser',
    ),
    never(
      'no-core-modules-in-exam',
      { path: '^exam/', pathNot: TESTS },
      { dependencyTypes: ['core'] },
      'exam is pure: no disk, no network, no clock of its own',
    ),
    never(
      'no-core-modules-in-shared',
      { path: '^shared/', pathNot: `^shared/system/|${TESTS}` },
      { dependencyTypes: ['core'] },
      'only shared/system is for the host alone',
    ),
    never(
      'nothing-imports-tests',
      { pathNot: `^test/|${TESTS}` },
      { path: `^test/|${TESTS}` },
      'tests import the code, never the other way',
    ),
    never('no-circles', {}, { circular: true }, 'a circle means that two folders are one'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules/(?!electron/|dockerode/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
