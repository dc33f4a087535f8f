import type { ServerResponse } from 'node:http'
import { basename, join } from 'node:path'
import express, { type Express } from 'express'
import { engine } from 'express-handlebars'
import { sql } from 'kysely'
import type { Context } from '../context.js'
import { projectRoot } from '../project-root.js'
import { answerErrors, answerNotFound } from './middleware/answer-errors.js'
import { securityHeaders } from './middleware/security-headers.js'
import { signedInRoutes, subscriberRoutes } from './routes.js'
import { viewHelpers } from './view-helpers.js'

const PAGES = join(projectRoot, 'templates/pages')

/** The web application: what readers reach by the links in their mail, what accounts work with, what a load balancer asks. */
export function createApp(ctx: Context): Express {
  const app = express()
  app.set('trust proxy', ctx.config.trustedProxies)
  app.disable('x-powered-by')
  app.engine(
    'hbs',
    engine({
      extname: '.hbs',
      layoutsDir: join(PAGES, 'layouts'),
      partialsDir: join(PAGES, 'partials'),
      helpers: viewHelpers,
      // A partial in an indented place must not indent the lines of somebody's text.
      compilerOptions: { preventIndent: true },
    }),
  )
  app.set('view engine', 'hbs')
  app.set('views', PAGES)
  app.locals['captured'] = ctx.config.capture?.words
  app.use(securityHeaders(ctx.config))
  app.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' })
  })
  app.get('/readyz', async (_req, res) => {
    const isReady = await isDatabaseReady(ctx)
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'waiting for the database' })
  })
  app.use(
    '/assets',
    express.static(join(projectRoot, 'dist/public'), { maxAge: '1h', setHeaders: letOtherSitesLoad }),
  )
  app.use(subscriberRoutes(ctx))
  app.use(signedInRoutes(ctx))
  app.use(answerNotFound)
  app.use(answerErrors(ctx))
  return app
}

// Forms on other sites load this one script, and helmet keeps every other to our own pages.
function letOtherSitesLoad(res: ServerResponse, path: string): void {
  if (basename(path) === 'sign-up.js') res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
}

async function isDatabaseReady({ db }: Context): Promise<boolean> {
  return sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
}
