/** Imports run one way; see docs/architecture.md. */
const ours = '^(main|renderer|engine|exam|shared|labs|questions|setup|test)/'
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: ours, pathNot: allowed },
})
const never = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    only(
      'renderer-sees-the-contract-only',
      '^renderer/',
      '^(renderer|main/api|shared/screen)/',
      'renderer imports main/api, shared/screen, and nothing else of ours',
    ),
    only(
      'api-stands-alone',
      '^main/api/',
      '^(main/api|shared/(observable|errors)\\.ts)',
      'the contract is shared by both sides, so it imports neither; of the ground floor it takes what runs in both',
    ),
    only(
      'preload-is-bare',
      '^main/electron/preload',
      '^main/electron/preload',
      'the preload only hands the page a port',
    ),
    only('engine-stands-alone', '^engine/', '^(engine|shared)/', 'engine is a library: no exam, no main'),
    only('exam-stands-alone', '^exam/', '^(exam|shared)/', 'exam is pure: no engine, no main'),
    only('shared-stands-alone', '^shared/', '^shared/', 'the ground floor knows nobody above it'),
    never(
      'engine-by-the-front-door',
      { path: '^main/' },
      { path: '^engine/', pathNot: '^engine/index' },
      'main imports engine/index.ts',
    ),
    never(
      'exam-by-the-front-door',
      { path: '^main/' },
      { path: '^exam/', pathNot: '^exam/index' },
      'main imports exam/index.ts',
    ),
    never(
      'features-are-islands',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
      'features share through renderer/components, never each other',
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
      'no-node-in-the-page',
      { path: '^(renderer|main/api)/', pathNot: '\\.test\\.tsx?$' },
      { dependencyTypes: ['core'] },
      'the page and the contract run in a browser',
    ),
    never(
      'nothing-imports-tests',
      { pathNot: '^test/|\\.test\\.tsx?$' },
      { path: '^test/|\\.test\\.tsx?$' },
      'tests import the code, never the other way',
    ),
    never('no-circles', {}, { circular: true }, 'a circle means two folders are one'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules/(?!electron/|dockerode/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
