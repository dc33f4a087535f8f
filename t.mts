import { mkdtemp } from 'node:fs/promises'
import pg from 'pg'
import { openDatabase } from './db/database.js'
import { startEmbeddedPostgres } from './db/embedded/start-embedded-postgres.js'
import { migrate } from './db/migrate.js'
import { systemClock } from './src/clock.js'
import { createAudience, createDraft } from './tests/bench/audience.js'
import { scheduleIssue } from './src/issues/schedule-issue.js'
import { releaseDueIssues } from './src/delivery/release-due-issues.js'
import { fanOutIssue } from './src/delivery/fan-out-issue.js'
import { LEDGER_STATEMENT } from './src/delivery/ledger-statement.js'
import { keepAlive } from './src/delivery/worker-life.js'
import { randomUUID } from 'node:crypto'
const folder = await mkdtemp('/tmp/carillon-mb-')
const postgres = await startEmbeddedPostgres({ directory: folder })
const db = openDatabase(postgres.url); await migrate(db)
const ctx: any = { db, clock: systemClock, queues: { enqueue: async()=>{} } }
const list = await createAudience(ctx, 'x', 50000); const draft = await createDraft(ctx, list, 30000)
await scheduleIssue(ctx, draft, null); await releaseDueIssues(ctx); let t=performance.now(); await fanOutIssue(ctx, draft.issueId); console.log('fanout', performance.now()-t)
const w = randomUUID(); await keepAlive(ctx, w)
await db.updateTable('batch').set({worker_id: w}).execute()
const rows = await db.selectFrom('delivery').innerJoin('subscriber','subscriber.id','delivery.subscriber_id').innerJoin('issue','issue.id','delivery.issue_id').select(['delivery.issue_id','subscriber_id','email_key','ledger_month']).orderBy('subscriber_id').execute()
const c = new pg.Client({ connectionString: postgres.url }); await c.connect()
await c.query("set plan_cache_mode = 'force_generic_plan'; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off")
const K = 15; let at = 0; let prev: any[] = []
const vals = (explain=false) => { const part = rows.slice(at, at+K); at += K
 const s = prev; prev = part; const m=(f:any)=>part.map(f), q=(f:any)=>s.map(f)
 return [m(r=>r.issue_id), m(r=>r.ledger_month), part.map((r,i)=>Math.floor((at-K+i)/500)), m(r=>r.subscriber_id), m(r=>r.email_key), m(()=>0), m(()=>false), w, new Date(), q(r=>r.issue_id), q(r=>r.ledger_month), q(r=>r.subscriber_id), q(()=>1), q(()=>'accepted'), q(()=>null), q(()=>new Date()), q(()=>0), q(()=>'data'), q(()=>250), q(()=>'2.0.0'), q(()=>null), q(()=>'250 2.0.0 Ok: queued as 12345')] }
const loop = async (label: string, n: number) => { t = performance.now(); for (let i=0;i<n;i++) { const r = await c.query({name:'ledger', text: LEDGER_STATEMENT, values: vals()}); if (r.rows.length !== K) throw new Error('rows '+r.rows.length) } console.log(label, ((performance.now()-t)/n).toFixed(3), 'ms per flush') }
await loop('sync on', 600)
await c.query('set synchronous_commit = off'); await loop('sync off', 600)
await c.query('alter table delivery disable trigger user'); await loop('no trigger', 600); await c.query('alter table delivery enable trigger user')
await c.query("load 'auto_explain'; set auto_explain.log_min_duration=0; set auto_explain.log_analyze=on; set auto_explain.log_nested_statements=on; set client_min_messages=log")
c.on('notice', n => console.log(n.message))
await loop('explain', 1)
const st = await db.selectFrom('tally').selectAll().execute(); console.log(st)
await c.end(); await db.destroy(); await postgres.release()
