/**
 * Who may import whom: docs/architecture.md in machine-readable form. A layer of src/ imports only the layers
 * listed for it, types included. Tests may import anything; scripts/imports.test.ts shows that the rules bite.
 */
const layers = {
  corpus: [],
  formats: ['corpus'],
  metrics: ['corpus', 'kernels'],
  kernels: [],
  nn: ['corpus', 'kernels'],
  methods: ['nn', 'corpus', 'metrics'],
  experiment: ['methods', 'metrics', 'corpus', 'nn', 'formats', 'diagnosis'],
  projection: ['corpus', 'kernels'],
  diagnosis: ['methods', 'metrics', 'corpus', 'kernels', 'projection'],
};
const pageFolders = ['store', 'charts', 'ui'];

const tests = '\\.test\\.tsx?$';
const anyOf = (folders) => `^src/(${folders.join('|')})/`;

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import ${allowed.join(', ') || 'nothing of the project'}`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: tests },
  to: { path: '^(src|workers|cli|bench|e2e|scripts)/', pathNot: anyOf([layer, ...allowed]) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'every-folder-has-its-rule',
      comment: 'A new folder of src/ needs a line in this file before anything stands in it.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: anyOf([...Object.keys(layers), ...pageFolders]) },
      to: {},
    },
    {
      name: 'charts-are-pure',
      comment: 'Charts turn data into figures; of the engine they know types only.',
      severity: 'error',
      from: { path: '^src/charts/', pathNot: tests },
      to: {
        path: '^(src/(store|ui|nn|methods|projection|formats)|workers|cli)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'store-talks-to-workers-only',
      severity: 'error',
      from: { path: '^src/store/', pathNot: tests },
      to: { path: '^src/(ui|nn|methods|projection)/' },
    },
    {
      name: 'ui-knows-no-engine',
      comment: 'The page never trains: it knows the store, the charts, and types.',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: tests },
      to: { path: '^(src/(nn|methods|projection)|workers|cli)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'diagnosis-knows-no-network',
      comment: 'Diagnosis reads figures and rows; of the methods it knows the names.',
      severity: 'error',
      from: { path: '^src/diagnosis/', pathNot: tests },
      to: { path: '^src/methods/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workers-and-cli-know-no-page',
      severity: 'error',
      from: { path: '^(workers|cli)/', pathNot: tests },
      to: { path: anyOf(pageFolders) },
    },
    {
      name: 'tfjs-only-in-nn-and-methods',
      comment: 'Only the networks and the methods know tfjs.',
      severity: 'error',
      from: { path: '^(src|workers|cli)/', pathNot: ['^src/(nn|methods)/', tests] },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'engine-knows-no-page-library',
      severity: 'error',
      from: {
        path: '^(src/(corpus|formats|kernels|metrics|nn|methods|experiment|projection|diagnosis|charts)|workers|cli)/',
      },
      to: { path: '(^|node_modules/)(react|react-dom|react-dropzone|zustand)(/|$)' },
    },
    {
      name: 'src-runs-in-the-browser',
      comment: 'Node’s own modules belong to cli/, bench/ and scripts/.',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|raw|worker)$' },
    },
  ],
  options: {
    parser: 'tsc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/kernels/assembly/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
    },
  },
};
