/** Who may import whom: docs/architecture.md in machine-readable form. A layer imports only what is listed. */
const layers = {
  corpus: [],
  formats: ['corpus'],
  metrics: ['corpus'],
  nn: ['corpus'],
  methods: ['nn', 'corpus', 'metrics'],
  experiment: ['methods', 'metrics', 'corpus', 'nn', 'formats'],
  projection: ['corpus'],
};

const rules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import ${allowed.join(', ') || 'nothing of the project'}`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(src|workers|cli|bench|e2e)/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'charts-are-pure',
      severity: 'error',
      from: { path: '^src/charts/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^(src/(store|ui|nn|methods|projection|formats)|workers|cli)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'store-talks-to-workers-only',
      severity: 'error',
      from: { path: '^src/store/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(ui|nn|methods|projection)/' },
    },
    {
      name: 'ui-knows-no-engine',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(src/(nn|methods|projection)|workers|cli)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workers-know-no-page',
      severity: 'error',
      from: { path: '^workers/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(store|charts|ui)/' },
    },
    {
      name: 'tfjs-only-in-nn-methods',
      comment: 'Only the networks and the methods know tfjs.',
      severity: 'error',
      from: { path: '^(src|workers|cli)/', pathNot: '^src/(nn|methods)/' },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'pure-layers-know-no-react',
      severity: 'error',
      from: { path: '^src/(corpus|formats|metrics|nn|methods|experiment|projection|charts)/' },
      to: { path: 'node_modules/(react|react-dom|zustand)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphan-modules',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.(d|test)\\.ts$' },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs'] },
  },
};
