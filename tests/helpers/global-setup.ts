import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openDatabase } from "../../db/database.js";
import { startEmbeddedPostgres } from "../../db/embedded/start-embedded-postgres.js";
import { migrate } from "../../db/migrate.js";

export const TEMPLATE_DATABASE = "carillon_template";

/** One throw-away PostgreSQL server for the whole run, with a migrated template that each test file copies. */
export default async function globalSetup(): Promise<void> {
	const directory = await mkdtemp(join(tmpdir(), "carillon-tests-"));
	const postgres = await startEmbeddedPostgres({
		directory,
		settings: {
			fsync: "off",
			synchronous_commit: "off",
			full_page_writes: "off",
			max_connections: "200",
		},
	});
	Object.assign(globalThis, { carillonPostgres: { postgres, directory } });
	const admin = new pg.Client({ connectionString: postgres.url });
	await admin.connect();
	await admin.query(`create database ${TEMPLATE_DATABASE}`);
	await admin.end();
	const url = new URL(postgres.url);
	url.pathname = TEMPLATE_DATABASE;
	const db = openDatabase(url.href);
	await migrate(db);
	await db.destroy();
	process.env["CARILLON_TEST_DATABASE_URL"] = postgres.url;
}
