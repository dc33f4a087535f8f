const domains = ['audience', 'news', 'issues', 'delivery', 'feedback', 'operations', 'accounts']
const forbidDomains = (name, names) => ({
  name: `${name}-imports-only-what-lies-below`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: `^(src/(${names.join('|')})/|workers/)` },
})
const only = (packages, where) => ({
  name: `${packages.split('|')[0]}-has-one-home`,
  severity: 'error',
  from: { path: '^(src|workers|db)/', pathNot: where },
  to: { path: `node_modules/(${packages})/` },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    forbidDomains('audience', [
      'news',
      'issues',
      'delivery',
      'feedback',
      'operations',
      'accounts',
      'web',
      'cli',
      'client',
    ]),
    forbidDomains('news', [
      'audience',
      'issues',
      'delivery',
      'feedback',
      'operations',
      'accounts',
      'web',
      'cli',
      'client',
    ]),
    forbidDomains('issues', ['delivery', 'feedback', 'operations', 'accounts', 'web', 'cli', 'client']),
    forbidDomains('delivery', ['feedback', 'operations', 'accounts', 'web', 'cli', 'client']),
    forbidDomains('feedback', ['operations', 'accounts', 'web', 'cli', 'client']),
    forbidDomains('operations', ['accounts', 'web', 'cli', 'client']),
    forbidDomains('accounts', [
      'audience',
      'news',
      'issues',
      'delivery',
      'feedback',
      'operations',
      'web',
      'cli',
      'client',
    ]),
    {
      name: 'rendering-is-pure',
      severity: 'error',
      from: { path: '^src/rendering/' },
      to: { path: '^(src/(?!rendering/|errors|project-root)|db/|workers/)' },
    },
    {
      name: 'domains-take-only-types-of-context-and-smtp',
      severity: 'error',
      from: { path: `^src/(${domains.join('|')})/` },
      to: { path: '^src/(context|smtp/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'context-knows-no-domain',
      severity: 'error',
      from: { path: '^src/context\\.ts$' },
      to: { path: `^src/(${domains.join('|')}|web|cli)/` },
    },
    {
      name: 'workers-know-no-web',
      severity: 'error',
      from: { path: '^(workers|src/cli)/' },
      to: { path: '^src/web/' },
    },
    { name: 'db-stands-alone', severity: 'error', from: { path: '^db/' }, to: { path: '^(src|workers)/' } },
    only('express', '^src/(web/|main)'),
    only('bullmq|ioredis', '^(src/queues/|workers/)'),
    only('nodemailer|smtp-server', '^src/smtp/'),
    only('mjml', '^src/rendering/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
