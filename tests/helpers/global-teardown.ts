import { rm } from "node:fs/promises";
import type { EmbeddedPostgres } from "../../db/embedded/start-embedded-postgres.js";

type Started = { postgres: EmbeddedPostgres; directory: string };

/** Stops the run's PostgreSQL server and removes what it kept. */
export default async function globalTeardown(): Promise<void> {
	const { postgres, directory } = (
		globalThis as unknown as { carillonPostgres: Started }
	).carillonPostgres;
	await postgres.release();
	if (!postgres.dataDirectory.startsWith(directory))
		await rm(postgres.dataDirectory, { recursive: true, force: true });
	await rm(directory, { recursive: true, force: true });
}
