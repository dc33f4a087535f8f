import { sql } from 'kysely'
import { DELIVERY_MOVES } from '../../src/delivery/delivery-status.js'
import type { World } from './world.js'

/** Makes the database refuse every change of a delivery's status that the table of moves does not allow. */
export async function guardDeliveryMoves({ db }: World): Promise<void> {
  const allowed = Object.entries(DELIVERY_MOVES).flatMap(([from, to]) =>
    to.map((state) => `${from}>${state}`),
  )
  await sql`create table allowed_move as select unnest(${allowed}::text[]) as move`.execute(db)
  await sql`
    create function refuse_move() returns trigger language plpgsql as $$ begin
      if new.status <> old.status
        and not exists (select from allowed_move where move = old.status || '>' || new.status) then
        raise exception 'a delivery may not go from % to %', old.status, new.status;
      end if;
      return new;
    end $$`.execute(db)
  await sql`create trigger moves before update on delivery for each row execute function refuse_move()`.execute(
    db,
  )
}
